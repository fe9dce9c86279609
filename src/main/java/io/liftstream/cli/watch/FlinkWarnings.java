package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an operator must hear where Flink does not answer, and so no status line comes. */
final class FlinkWarnings {
    /** A Flink that starts does not answer for a while. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private Instant answered;
    private boolean told;

    /**
     * @param start of the watch
     */
    FlinkWarnings(Instant start) {
        this.answered = start;
    }

    /** Once where the answers stop for a while. */
    List<String> silent(IOException failure, Instant now) {
        Duration silence = Duration.between(answered, now);
        if (told || silence.compareTo(TIMEOUT) < 0) {
            return List.of();
        }
        told = true;
        return List.of(
                "Flink has not answered for "
                        + DurationText.of(silence)
                        + " ("
                        + failure.getMessage()
                        + "): there is no status line until it does");
    }

    /** Once where they come again. */
    List<String> answering(Instant now) {
        Duration silence = Duration.between(answered, now);
        answered = now;
        if (!told) {
            return List.of();
        }
        told = false;
        return List.of("Flink answers again, after " + DurationText.of(silence));
    }
}
