package io.liftstream.network;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.FileHash;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import java.nio.file.Path;

/** Makes complete facts of declared ones, and holds them against the graph. */
final class FactsCheck {
    private FactsCheck() {}

    /**
     * Completes what was stated about a model.
     *
     * @param said what the file says of its output in words that mean nothing here, or null
     * @throws ModelException naming all facts that are missing, or one that contradicts the graph
     */
    static ModelFacts complete(
            Path file, DeclaredFacts stated, NetworkSignature signature, String said) {
        String fileName = file.getFileName().toString();
        // It becomes part of headers and ids.
        String name =
                (stated.name() != null ? stated.name() : withoutEnding(fileName))
                        .replaceAll("[^A-Za-z0-9._-]", "_");
        new MissingFacts(stated, signature).refuseAny(name, said);
        boolean relative = stated.output() == OutputMeaning.INVERSE_RELATIVE;
        double unitFactor = relative ? 1.0 : stated.unitFactor();
        checkUnit(name, unitFactor);
        checkMaxDepth(name, stated.maxDepth());
        DepthMapping mapping = stated.defaultMapping();
        if (mapping == null) {
            mapping = relative ? DepthMapping.INVERSE : DepthMapping.METRIC;
        }
        checkMapping(name, mapping, relative);
        return new ModelFacts(
                name,
                FileHash.ofModel(file),
                file,
                stated.licence() != null ? stated.licence() : "unknown",
                inputSize(name, stated.inputSize(), signature),
                stated.tensorFormat(),
                stated.output(),
                unitFactor,
                relative ? null : stated.maxDepth(),
                mapping);
    }

    private static String withoutEnding(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    private static void checkUnit(String name, double unitFactor) {
        if (!(unitFactor > 0) || Double.isInfinite(unitFactor)) {
            throw refused(name, "unit-factor", unitFactor, "it must be positive and finite");
        }
    }

    private static void checkMaxDepth(String name, Double maxDepth) {
        if (maxDepth != null && (!(maxDepth > 0) || maxDepth.isInfinite())) {
            throw refused(name, "max-depth", maxDepth, "it must be positive and finite, in metres");
        }
    }

    private static void checkMapping(String name, DepthMapping mapping, boolean relative) {
        if (relative == (mapping == DepthMapping.METRIC)) {
            throw refused(
                    name,
                    "mapping",
                    mapping,
                    relative
                            ? "a relative model has no metres: it must be INVERSE or LINEAR"
                            : "its output is metric: it must be METRIC");
        }
    }

    private static InputSizeRule inputSize(
            String name, InputSizeRule stated, NetworkSignature signature) {
        if (!signature.fixesSize()) {
            return stated;
        }
        InputSizeRule.Fixed demanded = fixedRule(name, signature);
        if (stated != null && !stated.equals(demanded)) {
            throw refused(
                    name,
                    "input-size",
                    FactsText.inputSize(stated),
                    "the graph takes only " + FactsText.inputSize(demanded) + " (rows x columns)");
        }
        return demanded;
    }

    private static InputSizeRule.Fixed fixedRule(String name, NetworkSignature signature) {
        try {
            return new InputSizeRule.Fixed(
                    Math.toIntExact(signature.height()), Math.toIntExact(signature.width()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(
                    name,
                    "input",
                    signature.height() + " x " + signature.width(),
                    "it may have at most " + InputSizeRule.MAX_PIXELS + " pixels");
        }
    }

    private static LiftingException refused(
            String model, String fact, Object value, String remedy) {
        return ModelException.ofContent(
                model, "its " + fact + " is " + value + "; " + remedy, null);
    }
}
