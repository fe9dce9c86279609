package io.liftstream.lifting;

import java.util.Objects;

/**
 * The geometry of one image, its cloud not packed and its mesh not laid yet. Valid until the next
 * image is lifted.
 *
 * @param result all but the cloud and the mesh, which are null
 * @param points the cloud's points, or null where no cloud is wanted
 * @param mesh the mesh, or null where none is wanted
 */
public record LiftedImage(DepthEstimationResult result, CloudPoints points, UnlaidMesh mesh) {

    /**
     * Checks that cloud and mesh are there once.
     *
     * @param result without a cloud and a mesh
     * @param points null where no cloud is wanted
     * @param mesh null where no mesh is wanted
     */
    public LiftedImage {
        if (Objects.requireNonNull(result, "result").pointCloud() != null
                || result.mesh() != null) {
            throw new IllegalArgumentException("the cloud is packed or the mesh laid already");
        }
    }

    /** {@return the result with its cloud and mesh, which shares no memory with this object} */
    public DepthEstimationResult packed() {
        return result.with(packedCloud(), mesh == null ? null : mesh.lay(mesh.step()));
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
