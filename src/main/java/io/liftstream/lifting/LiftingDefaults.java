package io.liftstream.lifting;

import java.io.Serializable;

/**
 * What a frame gets where its own command says nothing; every field may be null.
 *
 * @param returnDepthImage whether a depth image is made
 * @param returnPointCloud whether a point cloud is made
 * @param returnMesh whether a mesh is made
 * @param config camera and scale parameters
 */
public record LiftingDefaults(
        Boolean returnDepthImage,
        Boolean returnPointCloud,
        Boolean returnMesh,
        DepthEstimationAdvanceConfig config)
        implements Serializable {

    /** Nothing set. */
    public static final LiftingDefaults EMPTY =
            new LiftingDefaults(null, null, null, DepthEstimationAdvanceConfig.EMPTY);

    /**
     * {@return these defaults with every field replaced that the stronger ones set}
     *
     * @param stronger whose fields win
     */
    public LiftingDefaults overriddenBy(LiftingDefaults stronger) {
        return new LiftingDefaults(
                stronger.returnDepthImage != null ? stronger.returnDepthImage : returnDepthImage,
                stronger.returnPointCloud != null ? stronger.returnPointCloud : returnPointCloud,
                stronger.returnMesh != null ? stronger.returnMesh : returnMesh,
                config.overriddenBy(stronger.config));
    }
}
