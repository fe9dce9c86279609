package io.liftstream.lifting;

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
    private final boolean returnDepthImage;
    private final boolean returnPointCloud;
    private final boolean returnMesh;

    PreparedImage(
            DepthEstimationCommand command,
            RgbImage image,
            LiftingParameters parameters,
            NetworkLease lease) {
        this.image = image;
        this.parameters = parameters;
        this.lease = lease;
        this.source = DepthSource.of(network().facts());
        this.inputSize = network().facts().inputSize().sizeFor(image.width(), image.height());
        this.returnDepthImage = command.returnDepthImage();
        this.returnPointCloud = command.returnPointCloud();
        this.returnMesh = command.returnMesh();
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

    DepthSource source() {
        return source;
    }

    InputSize inputSize() {
        return inputSize;
    }

    EstimatedImage withDepth(float[] depthMap, DepthRange range) {
        return new EstimatedImage(
                image,
                depthMap,
                range,
                source,
                parameters,
                returnDepthImage,
                returnPointCloud,
                returnMesh,
                null,
                null,
                null,
                null);
    }

    /** Gives the network back, which may be closed from now on; further calls do nothing. */
    @Override
    public void close() {
        lease.close();
    }
}
