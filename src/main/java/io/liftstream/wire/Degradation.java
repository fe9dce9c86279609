package io.liftstream.wire;

/** A step that made a result smaller, in the order in which they are tried. */
public enum Degradation {
    /** The cloud is compressed; coordinates are rounded. */
    CLOUD_DRACO,
    /** The mesh has a vertex on every second row and column. */
    MESH_STEP_2,
    /** The cubes for which the cloud has one point are twice as wide as configured. */
    CLOUD_VOXEL_2,
    /** The cubes for which the cloud has one point are four times as wide as configured. */
    CLOUD_VOXEL_4,
    /** The cloud keeps every second row and column. */
    CLOUD_STRIDE_2,
    /** The mesh has a vertex on every fourth row and column. */
    MESH_STEP_4,
    /** The cloud keeps every fourth row and column. */
    CLOUD_STRIDE_4,
    /** The depth map is float16. */
    DEPTH_FLOAT16,
    /** There is no mesh. */
    NO_MESH,
    /** There is no cloud. */
    NO_CLOUD
}
