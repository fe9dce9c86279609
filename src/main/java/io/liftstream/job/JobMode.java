package io.liftstream.job;

/** How the job runs. */
public enum JobMode {
    /** Unbounded; sheds what is too old and flushes silent cameras. */
    LIVE,
    /** Bounded; a function of the frames topic's content alone. */
    REPLAY
}
