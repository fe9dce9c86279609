package io.liftstream.cli.console;

/** What the launcher's exit status means. */
public final class ExitCode {

    /** All was done. */
    public static final int OK = 0;

    /** Something failed while running, or results are missing. */
    public static final int FAILED = 1;

    /** The command line or the configuration is wrong; nothing was started. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
