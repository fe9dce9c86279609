package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.files.draco.DracoDecoder;
import io.liftstream.frame.Axes;
import io.liftstream.frame.ForeignText;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.lifting.PointCloud;
import io.liftstream.proto.v1.CompressedPointCloud;
import io.liftstream.proto.v1.DepthEstimationResult;

/** Reads compressed clouds of results. */
final class CompressedClouds {

    private CompressedClouds() {}

    /** The cloud as it was compressed, or null. */
    static CompressedCloud of(DepthEstimationResult message) {
        CompressedPointCloud cloud = message.getCompressedPointCloud();
        return message.hasCompressedPointCloud()
                ? new CompressedCloud(cloud.getData().toByteArray(), cloud.getPositionStep())
                : null;
    }

    /**
     * The points of a compressed cloud.
     *
     * @throws InvalidProtocolBufferException where they are of another format, not as many as the
     *     message says, or more than the result's pixels or than an image may have
     */
    static PointCloud points(DepthEstimationResult message, Axes axes)
            throws InvalidProtocolBufferException {
        CompressedPointCloud cloud = message.getCompressedPointCloud();
        if (!cloud.getFormat().equals(PackedClouds.DRACO)) {
            throw unreadable("format", cloud.getFormat());
        }
        long pixels = (long) message.getWidth() * message.getHeight();
        PointCloud points;
        try {
            points =
                    new PointCloud(
                            DracoDecoder.decode(
                                    cloud.getData().toByteArray(),
                                    Math.min(pixels, ImageDecoder.DEFAULT_MAX_PIXELS)),
                            axes);
        } catch (LiftingException e) {
            throw new InvalidProtocolBufferException(
                    "compressed_point_cloud: " + e.getMessage(), e);
        }
        if (points.count() != cloud.getPoints()) {
            throw unreadable("points", Integer.toUnsignedString(cloud.getPoints()));
        }
        return points;
    }

    private static InvalidProtocolBufferException unreadable(String field, String value) {
        return new InvalidProtocolBufferException(
                ForeignText.printable(
                        "compressed_point_cloud."
                                + field
                                + " is "
                                + value
                                + ": not readable here"));
    }
}
