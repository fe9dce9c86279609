package io.liftstream.cli.console;

import io.liftstream.frame.NumberText;
import java.util.List;

/** A number of the command line that must be more than 0. */
public final class PositiveNumber {
    private PositiveNumber() {}

    /**
     * Checks one.
     *
     * @param option as it is typed, {@code --fps}
     * @param value null where it was not given
     * @param problems gets a line where it is not positive and finite
     */
    public static void require(String option, Double value, List<String> problems) {
        if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
            problems.add(
                    "option "
                            + option
                            + " is "
                            + NumberText.of(value)
                            + ": it must be more than 0");
        }
    }
}
