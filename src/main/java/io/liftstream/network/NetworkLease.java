package io.liftstream.network;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The use of an open network: it is not closed before this is, unless all of its {@link
 * DepthModels} are. Hold it for one batch.
 */
public final class NetworkLease implements AutoCloseable {
    private final BatchNetwork network;
    private final Runnable giveBack;
    private final Consumer<Throwable> examine;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A lease.
     *
     * @param network what is lent
     * @param giveBack run once, when the lease is closed
     * @param examine told of runs that failed; does what {@link #examine} says
     */
    public NetworkLease(BatchNetwork network, Runnable giveBack, Consumer<Throwable> examine) {
        this.network = network;
        this.giveBack = giveBack;
        this.examine = examine;
    }

    /** {@return the network; it belongs to its {@link DepthModels}, callers do not close it} */
    public BatchNetwork network() {
        return network;
    }

    /**
     * After a run that failed, tells whether image, model or device is at fault, by the warm-up
     * tensors of this network and of others. Returns where it is the image.
     *
     * @param failure what the run threw
     * @throws io.liftstream.frame.ModelException where this network alone no longer runs, or takes
     *     too long; it is closed, and its model refused for some minutes
     * @throws DeviceFailedException where none runs any more
     */
    public void examine(Throwable failure) {
        examine.accept(failure);
    }

    /** Gives the network back; further calls do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
