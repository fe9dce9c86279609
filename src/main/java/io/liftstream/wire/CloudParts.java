package io.liftstream.wire;

import io.liftstream.files.draco.DracoEncoder;
import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraFrame;
import io.liftstream.lifting.CloudPoints;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.VoxelGrid;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.proto.v1.CompressedPointCloud;
import io.liftstream.proto.v1.DepthEstimationResult;

/**
 * Lays out the clouds of one slot's results, each until the next is laid out. Keeps scratch memory;
 * not thread safe.
 */
final class CloudParts {
    private final VoxelGrid voxels = new VoxelGrid();
    private final DracoEncoder draco = new DracoEncoder();
    private byte[] packed = {};

    /**
     * Which points a cloud has.
     *
     * @param points all of them
     * @param stride of their rows and columns
     * @param voxel edge of the cubes for which it has one point, metres; 0: it has all
     */
    record Selection(CloudPoints points, int stride, double voxel) {}

    /** The field {@code point_cloud}; its points are packed when it is written. */
    BulkPart packed(CameraFrame frame, CameraPose pose, Axes axes, Selection selection) {
        return new BulkPart(
                DepthEstimationResult.POINT_CLOUD_FIELD_NUMBER,
                PackedClouds.withoutPoints(frame, pose, axes),
                io.liftstream.proto.v1.PointCloud.DATA_FIELD_NUMBER,
                (long) PointCloud.POINT_BYTES * count(selection),
                (target, offset) -> pack(selection, target, offset));
    }

    /**
     * The field {@code compressed_point_cloud}; its size is known only after encoding.
     *
     * @return null where a coordinate is too large for it
     */
    BulkPart compressed(CameraFrame frame, CameraPose pose, Axes axes, Selection selection) {
        int count = count(selection);
        int bytes = Math.multiplyExact(PointCloud.POINT_BYTES, count);
        if (packed.length < bytes) {
            packed = new byte[bytes];
        }
        pack(selection, packed, 0);
        if (!draco.encode(packed, count)) {
            return null;
        }
        return new BulkPart(
                DepthEstimationResult.COMPRESSED_POINT_CLOUD_FIELD_NUMBER,
                PackedClouds.compressedWithoutPoints(frame, pose, axes),
                CompressedPointCloud.DATA_FIELD_NUMBER,
                draco.size(),
                draco::write,
                CompressedPointCloud.newBuilder()
                        .setFormat(PackedClouds.DRACO)
                        .setPoints(count)
                        .setPositionStep(draco.step())
                        .build());
    }

    private int count(Selection selection) {
        return selection.voxel() > 0
                ? voxels.thin(selection.points(), selection.stride(), selection.voxel())
                : selection.points().count(selection.stride());
    }

    private void pack(Selection selection, byte[] target, int offset) {
        if (selection.voxel() > 0) {
            voxels.write(target, offset);
        } else {
            selection.points().pack(selection.stride(), target, offset);
        }
    }
}
