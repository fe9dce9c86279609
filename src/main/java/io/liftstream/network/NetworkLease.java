package io.liftstream.network;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The use of an open network: it is not closed before this is, unless all of its {@link
 * DepthModels} are. Hold it for one batch.
 */
public final class NetworkLease implements AutoCloseable {
    private final BatchNetwork network;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A lease.
     *
     * @param network what is lent
     * @param giveBack run once, when the lease is closed
     */
    public NetworkLease(BatchNetwork network, Runnable giveBack) {
        this.network = network;
        this.giveBack = giveBack;
    }

    /** {@return the network; it belongs to its {@link DepthModels}, callers do not close it} */
    public BatchNetwork network() {
        return network;
    }

    /** Gives the network back; further calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
