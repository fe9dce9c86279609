package io.liftstream.cli.watch;

/**
 * Transactions of one sink that a job has tried to commit since its tasks last started.
 *
 * @param tried committed, failed and still tried ones
 * @param failed of them, given up: the broker had ended them
 */
record SinkCommits(long tried, long failed) {
    static final SinkCommits NONE = new SinkCommits(0, 0);

    /**
     * How many have failed since; where a counter is lower now, both began anew with their task.
     */
    long failedSince(SinkCommits earlier) {
        boolean anew = tried < earlier.tried || failed < earlier.failed;
        return anew ? failed : failed - earlier.failed;
    }
}
