package io.liftstream.model.facts;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The facts that an ONNX file carries in its {@code metadata_props}, under {@code
 * liftstream.<fact>} or, as other people write them, under the plain name.
 */
public final class ModelMetadata {
    /** What our own keys start with. */
    public static final String PREFIX = "liftstream.";

    private static final Pattern UNIT =
            Pattern.compile("\\b(?:(?:milli|centi)?met(?:re|er)s?|mm|cm|m)\\b");

    // An inverse of a distance is given in units of it too.
    private static final Pattern NO_DISTANCE =
            Pattern.compile(
                    "inverse|disparity|reciprocal|relative|\\blog|1 ?/|\\^ ?-1"
                            + "|\\bper (?:milli|centi)?m");

    private ModelMetadata() {}

    /**
     * Reads what a file states about itself.
     *
     * @param model the file's name, for errors
     * @param metadata its key-value pairs
     * @return what is stated
     * @throws ModelException where a value is unreadable or not supported
     */
    public static DeclaredFacts read(String model, Map<String, String> metadata) {
        try {
            return read(metadata);
        } catch (LiftingException e) {
            throw new ModelException("metadata of " + model, "not usable", e.getMessage(), e);
        }
    }

    private static DeclaredFacts read(Map<String, String> metadata) {
        FactsText.demand("layout", value(metadata, "layout"), "NCHW");
        FactsText.demand("color", value(metadata, "color"), "RGB");
        FactsText.demand("range", value(metadata, "range"), "0..1");
        String inputSize = value(metadata, "input_size");
        String mean = value(metadata, "mean");
        String std = value(metadata, "std");
        DeclaredFacts described = describedOutput(metadata.get("output"));
        String output = metadata.get(PREFIX + "output");
        String unitFactor = value(metadata, "unit_factor");
        String maxDepth = metadata.get(PREFIX + "max_depth");
        return new DeclaredFacts(
                metadata.get(PREFIX + "name"),
                value(metadata, "licence"),
                inputSize == null ? null : FactsText.inputSize(inputSize),
                mean == null || std == null ? null : FactsText.tensorFormat(mean, std),
                output == null ? described.output() : FactsText.output(output),
                unitFactor == null
                        ? described.unitFactor()
                        : Double.valueOf(FactsText.number("unit_factor", unitFactor)),
                maxDepth == null ? null : Double.valueOf(FactsText.number("max_depth", maxDepth)),
                null);
    }

    private static String value(Map<String, String> metadata, String fact) {
        String own = metadata.get(PREFIX + fact);
        return own != null ? own : metadata.get(fact);
    }

    // Other people's files describe the output in words, for example "depth, centimetres".
    private static DeclaredFacts describedOutput(String text) {
        if (text == null) {
            return DeclaredFacts.NOTHING;
        }
        String words = text.toLowerCase(Locale.ROOT).strip();
        if (words.equals(OutputMeaning.INVERSE_RELATIVE.text())) {
            return output(OutputMeaning.INVERSE_RELATIVE, null);
        }
        if (words.equals(OutputMeaning.METRIC.text())) {
            return output(OutputMeaning.METRIC, null);
        }
        List<String> units =
                UNIT.matcher(words).results().map(MatchResult::group).distinct().toList();
        return units.size() == 1 && !NO_DISTANCE.matcher(words).find()
                ? output(OutputMeaning.METRIC, metres(units.get(0)))
                : DeclaredFacts.NOTHING;
    }

    private static double metres(String unit) {
        if (unit.startsWith("milli") || unit.equals("mm")) {
            return 0.001;
        }
        return unit.startsWith("centi") || unit.equals("cm") ? 0.01 : 1.0;
    }

    /**
     * {@return what a file says of its output in words that mean nothing here, or null}
     *
     * @param metadata its key-value pairs
     */
    public static String notUnderstood(Map<String, String> metadata) {
        String words = metadata.get("output");
        boolean stated = metadata.containsKey(PREFIX + "output");
        return stated || describedOutput(words).output() != null ? null : words;
    }

    private static DeclaredFacts output(OutputMeaning meaning, Double unitFactor) {
        return new DeclaredFacts(null, null, null, null, meaning, unitFactor, null, null);
    }
}
