package io.liftstream.network;

/** What {@link NetworkPool} needs to know of a network that it keeps open. */
interface OpenNetwork extends AutoCloseable {

    /** What computes the layers; never AUTO. */
    ExecutionProvider provider();

    /**
     * Runs a tensor of zeros.
     *
     * @throws io.liftstream.frame.LiftingException when the run fails
     */
    void warmUp();

    @Override
    void close();
}
