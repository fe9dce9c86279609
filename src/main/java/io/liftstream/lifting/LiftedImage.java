package io.liftstream.lifting;

import java.util.Objects;

/**
 * The geometry of one image, its cloud and distances not packed and its mesh not laid yet. Valid
 * until the next image is lifted.
 *
 * @param result all but the cloud, the mesh and the distances, which are null
 * @param points the cloud's points, or null where no cloud is wanted
 * @param mesh the mesh, or null where none is wanted
 * @param distances of the pixels, or null where they are not wanted
 */
public record LiftedImage(
        DepthEstimationResult result,
        CloudPoints points,
        UnlaidMesh mesh,
        PixelDistances distances) {

    /**
     * Checks that cloud, mesh and distances are there once.
     *
     * @param result without a cloud, a mesh and distances
     * @param points null where no cloud is wanted
     * @param mesh null where no mesh is wanted
     * @param distances null where they are not wanted
     */
    public LiftedImage {
        if (Objects.requireNonNull(result, "result").pointCloud() != null
                || result.mesh() != null
                || result.distances() != null) {
            throw new IllegalArgumentException(
                    "cloud or distances are packed, or the mesh is laid already");
        }
    }

    /**
     * {@return the result with its cloud, mesh and distances, which shares no memory with this
     * object}
     */
    public DepthEstimationResult packed() {
        return result.with(
                packedCloud(),
                mesh == null ? null : mesh.lay(mesh.step()),
                distances == null ? null : distances.copy());
    }

    private PointCloud packedCloud() {
        if (points == null) {
            return null;
        }
        byte[] data = new byte[Math.multiplyExact(points.count(1), PointCloud.POINT_BYTES)];
        points.pack(1, data, 0);
        return new PointCloud(data, result.axes());
    }
}
