package io.liftstream.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import org.apache.flink.configuration.ConfigOption;

/** The options below {@code lifting.}; {@code cameras.<camera id>.} takes the same names. */
final class LiftingOptions {

    /** Whether a depth image is made. */
    static final ConfigOption<Boolean> RETURN_DEPTH_IMAGE =
            key("lifting.return-depth-image")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether frames that do not say get a 16-bit depth image. Default: false.");

    /** Whether a point cloud is made. */
    static final ConfigOption<Boolean> RETURN_POINT_CLOUD =
            key("lifting.return-point-cloud")
                    .booleanType()
                    .noDefaultValue()
                    .withDescription(
                            "Whether frames that do not say get a point cloud. Default: false.");

    /** Focal length along the columns, pixels. */
    static final ConfigOption<Double> FX =
            lifting("fx", "Focal length along the columns, pixels, > 0. Default: 525 W/640.");

    /** Focal length along the rows, pixels. */
    static final ConfigOption<Double> FY =
            lifting("fy", "Focal length along the rows, pixels, > 0. Default: 525 H/480.");

    /** Column of the principal point, pixels. */
    static final ConfigOption<Double> CX =
            lifting("cx", "Column of the principal point, pixels. Default: 320 W/640 - 0.5.");

    /** Row of the principal point, pixels. */
    static final ConfigOption<Double> CY =
            lifting("cy", "Row of the principal point, pixels. Default: 240 H/480 - 0.5.");

    /** Raw uint16 depth per metre. */
    static final ConfigOption<Double> DEPTH_SCALE =
            lifting(
                    "depth-scale",
                    "Divisor that turns raw uint16 depth into metres, > 0. Default: 1000.");

    /** Metres from which points are dropped. */
    static final ConfigOption<Double> DEPTH_TRUNC =
            lifting("depth-trunc", "Metres, > 0; points at or beyond it are dropped. Default: 10.");

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

    private LiftingOptions() {}

    private static ConfigOption<Double> lifting(String name, String description) {
        return key("lifting." + name).doubleType().noDefaultValue().withDescription(description);
    }
}
