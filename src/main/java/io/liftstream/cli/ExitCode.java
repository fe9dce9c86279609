package io.liftstream.cli;

/** What the launcher's exit status means. */
final class ExitCode {

    /** All was done. */
    static final int OK = 0;

    /** Something failed while running, or results are missing. */
    static final int FAILED = 1;

    /** The command line or the configuration is wrong; nothing was started. */
    static final int USAGE = 2;

    private ExitCode() {}
}
