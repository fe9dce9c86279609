package io.liftstream.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.lifting.ScaleMode;
import org.apache.flink.configuration.ConfigOption;

/** The options below {@code lifting.}; {@code cameras.<camera id>.} takes the same names. */
public final class LiftingOptions {

    /** Whether a depth image is made. */
    public static final ConfigOption<Boolean> RETURN_DEPTH_IMAGE =
            key("lifting.return-depth-image")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether to return a 16-bit depth image if the frame does not specify it. Default: false.");

    /** Whether a point cloud is made. */
    public static final ConfigOption<Boolean> RETURN_POINT_CLOUD =
            key("lifting.return-point-cloud")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether to return a point cloud if the frame does not specify it. Default: false.");

    /** Whether a mesh is made. */
    static final ConfigOption<Boolean> RETURN_MESH =
            key("lifting.return-mesh")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether to return a mesh if the frame does not specify it. Default: false.");

    /** Focal length along the columns, pixels. */
    static final ConfigOption<Double> FX =
            lifting(
                    "fx",
                    "Focal length along the columns, pixels, > 0. Default: 525/800 of the diagonal.");

    /** Focal length along the rows, pixels. */
    static final ConfigOption<Double> FY =
            lifting(
                    "fy",
                    "Focal length along the rows, pixels, > 0. Default: 525/800 of the diagonal.");

    /** Column of the principal point, pixels. */
    static final ConfigOption<Double> CX =
            lifting("cx", "Column of the principal point, pixels. Default: the middle, (W-1)/2.");

    /** Row of the principal point, pixels. */
    static final ConfigOption<Double> CY =
            lifting("cy", "Row of the principal point, pixels. Default: the middle, (H-1)/2.");

    /** Raw uint16 depth per metre. */
    static final ConfigOption<Double> DEPTH_SCALE =
            lifting(
                    "depth-scale",
                    "Divisor that turns raw uint16 depth into metres, > 0. Default: 1000.");

    /** Metres from which points are dropped. */
    static final ConfigOption<Double> DEPTH_TRUNC =
            lifting(
                    "depth-trunc",
                    "Metres, > 0; points at or beyond it are dropped. Default: a metric model's max-depth, else 10.");

    /** Metres at the near end of INVERSE. */
    static final ConfigOption<Double> NEAR =
            lifting(
                    "near",
                    "Metres, > 0: distance of the largest relative inverse depth. Default: 0.5.");

    /** Metres at the far end of INVERSE. */
    static final ConfigOption<Double> FAR =
            lifting(
                    "far",
                    "Metres, > near: distance of the smallest relative inverse depth. Default: depth-trunc.");

    /** The network's output that means far. */
    static final ConfigOption<Double> RANGE_LO =
            lifting(
                    "range-lo",
                    "Network output that means far, with range-hi; for video. Default: the frame's minimum.");

    /** The network's output that means near. */
    static final ConfigOption<Double> RANGE_HI =
            lifting(
                    "range-hi",
                    "Network output that means near, > range-lo. Default: the frame's maximum.");

    /** How depth becomes metres. */
    static final ConfigOption<DepthMapping> DEPTH_MAPPING =
            key("lifting.depth-mapping")
                    .enumType(DepthMapping.class)
                    .noDefaultValue()
                    .withDescription("metric, inverse or linear. Default: the model's.");

    /** Axes of the point cloud. */
    static final ConfigOption<Axes> AXES =
            key("lifting.axes")
                    .enumType(Axes.class)
                    .noDefaultValue()
                    .withDescription(
                            "optical (x right, y down, z forward) or opengl (x right, y up, z backward). Default: optical.");

    /** Points that fly between two surfaces are dropped. */
    static final ConfigOption<Double> EDGE_FILTER =
            lifting(
                    "edge-filter",
                    "Drops points whose inverse distance differs from a neighbour's by more than this"
                            + " fraction of the larger, 0 to 1; 0 drops none, and neither does LINEAR. Default: 0.04.");

    /** How fine a mesh is. */
    static final ConfigOption<Integer> MESH_STEP =
            key("lifting.mesh-step")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Pixels from vertex to vertex of a mesh: 1, 2 or 4. Default: 2.");

    /** Triangles that are seen from the side are left out. */
    static final ConfigOption<Double> MESH_MAX_ANGLE =
            lifting(
                    "mesh-max-angle",
                    "Degrees between the normal of a mesh's triangle and the ray to it, above 0, at most 90;"
                            + " triangles at larger angles are omitted. Default: 85.");

    /** What relative depth is scaled by. */
    static final ConfigOption<ScaleMode> SCALE =
            key("lifting.scale")
                    .enumType(ScaleMode.class)
                    .defaultValue(ScaleMode.STEADY)
                    .withDescription(
                            "With INVERSE: steady (keeps a still camera's distances constant, see scale.*) or frame"
                                    + " (each frame's own extremes). range-lo and range-hi, or known-points, take precedence.");

    /** Surveyed distances in a camera's view. */
    static final ConfigOption<String> KNOWN_POINTS =
            key("lifting.known-points")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Only below cameras.<id>: column,row,metres of two or more pixels, separated by ;, such"
                                    + " as 320,240,3.1; 80,400,1.4. They determine scale and shift of a relative model. Pixels"
                                    + " are those of the calibrated pictures where calibrated-width is set, and of the pictures"
                                    + " that come otherwise.");

    /** Where a camera stands. */
    static final ConfigOption<String> POSE =
            key("lifting.pose")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Of one camera: where it stands, x,y,z;qx,qy,qz,qw, metres and a unit quaternion that"
                                    + " turns the camera's axes (x right, y down, z forward) to the world's. Results and clouds"
                                    + " contain it. A calibration with a pose takes precedence.");

    /** How a camera's lens bends rays. */
    static final ConfigOption<String> LENS_MODEL =
            key("lifting.lens-model")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Of one camera: plumb_bob, rational_polynomial, kannala_brandt (equidistant) or fisheye62, as ROS"
                                    + " and Foxglove name them. Needs lens-parameters, calibrated-width and -height, and fx, fy,"
                                    + " cx, cy (K) for that size. Default: a pinhole.");

    /** The parameters of the lens model. */
    static final ConfigOption<String> LENS_PARAMETERS =
            key("lifting.lens-parameters")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Of one camera: D of lens-model, numbers separated by commas, such as -0.32, 0.12, 0.001,"
                                    + " -0.0008, -0.02.");

    /** Columns of the calibrated pictures. */
    static final ConfigOption<Integer> CALIBRATED_WIDTH =
            key("lifting.calibrated-width")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Of one camera: columns of the calibration images. K is scaled to each image; an image"
                                    + " with another aspect ratio is refused.");

    /** Rows of the calibrated pictures. */
    static final ConfigOption<Integer> CALIBRATED_HEIGHT =
            key("lifting.calibrated-height")
                    .intType()
                    .noDefaultValue()
                    .withDescription("Of one camera: rows of the calibration images.");

    private LiftingOptions() {}

    private static ConfigOption<Double> lifting(String name, String description) {
        return key("lifting." + name).doubleType().noDefaultValue().withDescription(description);
    }
}
