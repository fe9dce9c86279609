package io.liftstream.cli.publish;

import io.liftstream.cli.console.FailureText;
import java.time.Instant;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The brokers have part of a recording, and got no more, whatever the reason. Its message is for
 * users.
 */
final class RecordingCutException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param arrived how much they have
     * @param servers the brokers, as the user named them
     * @param firstNanos when the recording begins, nanoseconds since 1970; null where its files say
     */
    RecordingCutException(String arrived, String servers, Long firstNanos, Exception cause) {
        super(
                arrived
                        + ", then no more: "
                        + fault(servers, cause)
                        + "; when that is mended, publish it again"
                        + (firstNanos == null
                                ? ""
                                : " with --start " + Instant.ofEpochSecond(0, firstNanos))
                        + ": the job finds what is on the topic already to be DUPLICATE or LATE",
                cause);
    }

    /** Why the brokers got no more. */
    static String fault(String servers, Exception cause) {
        return cause instanceof TimeoutException
                ? servers + " no longer answers"
                : FailureText.line(cause);
    }
}
