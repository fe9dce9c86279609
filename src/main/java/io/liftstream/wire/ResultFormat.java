package io.liftstream.wire;

import java.io.Serializable;

/**
 * What result records hold and how large they may become.
 *
 * @param depthMap format of depth maps
 * @param depthImage format of depth images
 * @param maxBytes size of an encoded result, bytes; larger ones are degraded
 */
public record ResultFormat(DepthMapFormat depthMap, DepthImageFormat depthImage, int maxBytes)
        implements Serializable {}
