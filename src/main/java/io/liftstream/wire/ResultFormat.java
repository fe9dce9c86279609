package io.liftstream.wire;

import java.io.Serializable;

/**
 * What result records hold and how large they may become.
 *
 * @param depthMap format of depth maps
 * @param depthImage format of depth images
 * @param distances format of the pixels' distances
 * @param cloud format of clouds
 * @param voxelMetres edge of the cubes for which a cloud has one point; 0: clouds have all points
 * @param maxBytes size of an encoded result, bytes; larger ones are degraded
 */
public record ResultFormat(
        DepthMapFormat depthMap,
        DepthImageFormat depthImage,
        DistanceFormat distances,
        CloudFormat cloud,
        double voxelMetres,
        int maxBytes)
        implements Serializable {

    /**
     * A format whose clouds have all points, as float32.
     *
     * @param depthMap format of depth maps
     * @param depthImage format of depth images
     * @param distances format of the pixels' distances
     * @param maxBytes size of an encoded result, bytes; larger ones are degraded
     */
    public ResultFormat(
            DepthMapFormat depthMap,
            DepthImageFormat depthImage,
            DistanceFormat distances,
            int maxBytes) {
        this(depthMap, depthImage, distances, CloudFormat.FLOAT32, 0, maxBytes);
    }

    /** {@return the bytes that a pixel takes at least: a float16 depth map, and the distances} */
    int minBytesPerPixel() {
        return (depthMap == DepthMapFormat.NONE ? 0 : Short.BYTES) + distances.bytesPerPixel();
    }
}
