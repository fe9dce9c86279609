package io.liftstream.cli.console;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.InvalidConfigurationException;
import picocli.CommandLine;

/** What the launcher's exit status means. */
public final class ExitCode {

    /** All was done. */
    public static final int OK = 0;

    /** Something failed while running, or results are missing. */
    public static final int FAILED = 1;

    /** The command line or the configuration is wrong; nothing was started. */
    public static final int USAGE = 2;

    /**
     * Whoever read standard output has gone, as {@code head} does when it has its lines: that of a
     * program that SIGPIPE ended (128 + 13), which ends without a word.
     */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}

    /**
     * {@return the status of a command that ended so}
     *
     * @param failure of the command
     */
    public static int of(Throwable failure) {
        boolean mistake =
                failure instanceof InvalidConfigurationException
                        || failure instanceof CommandLine.ParameterException
                        || (failure instanceof LiftingException refused
                                && refused.reason() != RejectionReason.INFERENCE_FAILED);
        return mistake ? USAGE : FAILED;
    }
}
