package io.liftstream.wire;

import java.io.Serializable;

/**
 * What result records hold and how large they may become.
 *
 * @param depthMap format of depth maps
 * @param depthImage format of depth images
 * @param distances format of the pixels' distances
 * @param maxBytes size of an encoded result, bytes; larger ones are degraded
 */
public record ResultFormat(
        DepthMapFormat depthMap,
        DepthImageFormat depthImage,
        DistanceFormat distances,
        int maxBytes)
        implements Serializable {

    /** {@return the bytes that a pixel takes at least: a float16 depth map, and the distances} */
    int minBytesPerPixel() {
        return (depthMap == DepthMapFormat.NONE ? 0 : Short.BYTES) + distances.bytesPerPixel();
    }
}
