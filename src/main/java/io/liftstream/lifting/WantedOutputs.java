package io.liftstream.lifting;

/**
 * What is to be made of an image beside its depth map.
 *
 * @param depthImage whether the 16-bit depth image is wanted
 * @param pointCloud whether the cloud is wanted
 * @param mesh whether the mesh is wanted
 * @param distances whether the distance of each pixel is wanted
 */
public record WantedOutputs(
        boolean depthImage, boolean pointCloud, boolean mesh, boolean distances) {

    static WantedOutputs of(DepthEstimationCommand command) {
        return new WantedOutputs(
                command.returnDepthImage(),
                command.returnPointCloud(),
                command.returnMesh(),
                command.returnDistances());
    }

    /** Whether anything is made of metres. */
    boolean metric() {
        return pointCloud || mesh || distances;
    }
}
