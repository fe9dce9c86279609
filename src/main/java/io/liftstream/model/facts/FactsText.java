package io.liftstream.model.facts;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text forms of facts, the same in {@code models.yaml} and in a model's metadata. */
public final class FactsText {
    private static final Pattern FIXED = Pattern.compile("fixed:(\\d{1,5})x(\\d{1,5})");
    private static final Pattern ASPECT = Pattern.compile("aspect:(\\d{1,5}):(\\d{1,4})");

    private FactsText() {}

    /**
     * Reads {@code fixed:<height>x<width>} or {@code aspect:<side>:<multiple>}.
     *
     * @param text as written in a catalogue or a model's metadata
     * @return the rule
     * @throws ModelException for anything else
     */
    public static InputSizeRule inputSize(String text) {
        try {
            Matcher fixed = FIXED.matcher(text);
            if (fixed.matches()) {
                return new InputSizeRule.Fixed(
                        Integer.parseInt(fixed.group(1)), Integer.parseInt(fixed.group(2)));
            }
            Matcher aspect = ASPECT.matcher(text);
            if (aspect.matches()) {
                return new InputSizeRule.AspectPreserving(
                        Integer.parseInt(aspect.group(1)), Integer.parseInt(aspect.group(2)));
            }
        } catch (IllegalArgumentException e) {
            throw refused("input_size", text, e.getMessage(), e);
        }
        throw refused(
                "input_size",
                text,
                "must be fixed:<height>x<width> or aspect:<side>:<multiple>",
                null);
    }

    /**
     * {@return the text that {@link #inputSize(String)} reads}
     *
     * @param rule any rule
     */
    public static String inputSize(InputSizeRule rule) {
        if (rule instanceof InputSizeRule.Fixed fixed) {
            return "fixed:" + fixed.height() + "x" + fixed.width();
        }
        InputSizeRule.AspectPreserving aspect = (InputSizeRule.AspectPreserving) rule;
        return "aspect:" + aspect.side() + ":" + aspect.multiple();
    }

    /**
     * Reads mean and standard deviation, each three numbers separated by commas.
     *
     * @param mean three numbers, on the scale [0, 1]
     * @param std three numbers, on the scale [0, 1]
     * @return the format
     * @throws ModelException where they are not
     */
    public static TensorFormat tensorFormat(String mean, String std) {
        try {
            return new TensorFormat(numbers(mean), numbers(std));
        } catch (IllegalArgumentException e) {
            throw refused(
                    "mean and std",
                    mean + " and " + std,
                    "must be three numbers each, std positive",
                    e);
        }
    }

    /**
     * {@return the text of a mean or a standard deviation}
     *
     * @param values one per channel
     */
    public static String numbers(float[] values) {
        return values[0] + ", " + values[1] + ", " + values[2];
    }

    private static float[] numbers(String text) {
        String[] parts = text.split(",", -1);
        float[] numbers = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Float.parseFloat(parts[i].trim());
        }
        return numbers;
    }

    /**
     * Reads the numbers of encoder blocks, separated by commas.
     *
     * @param text as written in a catalogue or on the command line
     * @return the numbers
     * @throws ModelException where they are none
     */
    public static List<Integer> blocks(String text) {
        try {
            return Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            throw refused("taps", text, "must be four numbers of blocks, for example 2,5,8,11", e);
        }
    }

    /**
     * Reads {@code inverse-relative} or {@code metric}.
     *
     * @param text as written in a catalogue or a model's metadata
     * @return the meaning
     * @throws ModelException for anything else
     */
    public static OutputMeaning output(String text) {
        for (OutputMeaning meaning : OutputMeaning.values()) {
            if (meaning.text().equals(text.toLowerCase(Locale.ROOT))) {
                return meaning;
            }
        }
        throw refused("output", text, "must be " + OutputMeaning.choices(), null);
    }

    /**
     * Reads a number.
     *
     * @param field what the number is, for the error
     * @param text as written
     * @return the number
     * @throws ModelException where it is none
     */
    public static double number(String field, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw refused(field, text, "must be a number", e);
        }
    }

    /**
     * Demands the only value that is supported.
     *
     * @param field what is stated, for the error
     * @param text as written, or null where it is not stated
     * @param supported the only value that may be stated
     * @throws ModelException for another
     */
    public static void demand(String field, String text, String supported) {
        if (text != null && !text.equalsIgnoreCase(supported)) {
            throw refused(field, text, "only " + supported + " is supported", null);
        }
    }

    private static LiftingException refused(
            String field, String value, String remedy, Exception cause) {
        return new ModelException("model fact " + field, value, remedy, cause);
    }
}
