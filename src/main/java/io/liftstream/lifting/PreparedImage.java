package io.liftstream.lifting;

import io.liftstream.image.ImageSize;
import io.liftstream.image.InputSize;
import io.liftstream.image.RgbImage;
import io.liftstream.network.BatchNetwork;
import io.liftstream.network.NetworkLease;

/**
 * A command that waits for its network: its image decoded, its parameters decided, its network and
 * input size chosen. Immutable; holds the decoded pixels and keeps its network open, so close it
 * when its batch is done.
 */
final class PreparedImage implements AutoCloseable {
    private final RgbImage image;
    private final LiftingParameters parameters;
    private final NetworkLease lease;
    private final DepthSource source;
    private final InputSize inputSize;
    private final WantedOutputs wanted;

    PreparedImage(
            DepthEstimationCommand command,
            RgbImage image,
            LiftingParameters parameters,
            InputSize inputSize,
            NetworkLease lease) {
        this.image = image;
        this.parameters = parameters;
        this.lease = lease;
        this.source = DepthSource.of(network().facts());
        this.inputSize = inputSize;
        this.wanted = WantedOutputs.of(command);
    }

    /** The key of the images that can be estimated together with this one. */
    BatchKey batchKey() {
        return new BatchKey(source.identity(), inputSize.height(), inputSize.width());
    }

    RgbImage image() {
        return image;
    }

    BatchNetwork network() {
        return lease.network();
    }

    /**
     * After a run of its network that failed, returns where an image is at fault.
     *
     * @throws io.liftstream.frame.ModelException where the network is
     * @throws io.liftstream.network.DeviceFailedException where the device is
     */
    void requireNetworkRuns(Throwable failure) {
        lease.examine(failure);
    }

    DepthSource source() {
        return source;
    }

    InputSize inputSize() {
        return inputSize;
    }

    ImageSize pictureSize() {
        return new ImageSize(image.width(), image.height());
    }

    EstimatedImage withDepth(float[] depthMap, ImageSize size, DepthRange range) {
        return EstimatedImage.of(image, size, depthMap, range, source, parameters, wanted);
    }

    /** Gives the network back, which may be closed from now on; further calls do nothing. */
    @Override
    public void close() {
        lease.close();
    }
}
