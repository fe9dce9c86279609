package io.liftstream.lifting;

import io.liftstream.image.InputSize;
import io.liftstream.image.RgbImage;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.NetworkLease;

/**
 * A command that has been checked: its image decoded, its parameters decided, its network and input
 * size chosen. Immutable; holds the decoded pixels and keeps its network open, so close it when its
 * batch is done.
 */
public final class PreparedImage implements AutoCloseable {
    private final RgbImage image;
    private final LiftingParameters parameters;
    private final SuppliedDepth suppliedDepth;
    private final NetworkLease lease;
    private final InputSize inputSize;
    private final boolean returnDepthImage;
    private final boolean returnPointCloud;

    private PreparedImage(
            DepthEstimationCommand command,
            RgbImage image,
            LiftingParameters parameters,
            NetworkLease lease,
            InputSize inputSize) {
        this.image = image;
        this.parameters = parameters;
        this.suppliedDepth = command.suppliedDepth();
        this.lease = lease;
        this.inputSize = inputSize;
        this.returnDepthImage = command.returnDepthImage();
        this.returnPointCloud = command.returnPointCloud();
    }

    static PreparedImage forNetwork(
            DepthEstimationCommand command,
            RgbImage image,
            LiftingParameters parameters,
            NetworkLease lease) {
        InputSize size = lease.network().facts().inputSize().sizeFor(image.width(), image.height());
        return new PreparedImage(command, image, parameters, lease, size);
    }

    static PreparedImage forSuppliedDepth(
            DepthEstimationCommand command, RgbImage image, LiftingParameters parameters) {
        InputSize size = new InputSize(image.height(), image.width());
        return new PreparedImage(command, image, parameters, null, size);
    }

    /** {@return the key of the images that can be estimated together with this one} */
    public BatchKey batchKey() {
        return new BatchKey(backendIdentity(), inputSize.height(), inputSize.width());
    }

    /** {@return the image's columns, pixels} */
    public int width() {
        return image.width();
    }

    /** {@return the image's rows, pixels} */
    public int height() {
        return image.height();
    }

    String backendIdentity() {
        return lease == null ? DepthEstimation.SUPPLIED : network().facts().backendUsed();
    }

    String backendUsed() {
        return lease == null ? DepthEstimation.SUPPLIED : network().facts().file().toString();
    }

    RgbImage image() {
        return image;
    }

    LiftingParameters parameters() {
        return parameters;
    }

    /** Null where a network estimates the depth. */
    SuppliedDepth suppliedDepth() {
        return suppliedDepth;
    }

    /** Null where the depth is supplied. */
    DepthNetwork network() {
        return lease == null ? null : lease.network();
    }

    InputSize inputSize() {
        return inputSize;
    }

    boolean returnDepthImage() {
        return returnDepthImage;
    }

    boolean returnPointCloud() {
        return returnPointCloud;
    }

    /**
     * Gives the network back, which may be closed from now on; further calls do nothing. Estimate
     * the image before.
     */
    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
