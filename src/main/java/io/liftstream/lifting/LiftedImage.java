package io.liftstream.lifting;

import java.util.Objects;

/**
 * The geometry of one image, its cloud not packed yet. Valid until the next image is lifted.
 *
 * @param result all but the cloud, which is null
 * @param points the cloud's points, or null where no cloud is wanted
 */
public record LiftedImage(DepthEstimationResult result, CloudPoints points) {

    /**
     * Checks that the cloud is there once.
     *
     * @param result without a cloud
     * @param points null where no cloud is wanted
     */
    public LiftedImage {
        if (Objects.requireNonNull(result, "result").pointCloud() != null) {
            throw new IllegalArgumentException("the cloud is packed already");
        }
    }

    /** {@return the result with its cloud, which shares no memory with this object} */
    public DepthEstimationResult packed() {
        if (points == null) {
            return result;
        }
        byte[] data = new byte[Math.multiplyExact(points.count(1), PointCloud.POINT_BYTES)];
        points.pack(1, data, 0);
        return result.withPointCloud(new PointCloud(data, result.axes()));
    }
}
