package io.liftstream.cli.watch;

import io.liftstream.cli.console.FailureText;
import java.util.List;

/**
 * The one line of a stack trace that says what went wrong: its innermost cause, without a full
 * stop.
 */
final class FailureLine {
    private static final String CAUSE = "Caused by: ";

    private FailureLine() {}

    /**
     * Finds it.
     *
     * @param stackTrace as Java prints it
     */
    static String of(String stackTrace) {
        List<String> lines = stackTrace.lines().toList();
        String found = lines.isEmpty() ? "" : lines.get(0);
        for (String line : lines) {
            if (line.startsWith(CAUSE)) {
                found = line.substring(CAUSE.length());
            }
        }
        String words = FailureText.withoutClassNames(found).replaceFirst("[.]+$", "");
        return words.isEmpty() ? found.substring(found.lastIndexOf('.') + 1) : words;
    }
}
