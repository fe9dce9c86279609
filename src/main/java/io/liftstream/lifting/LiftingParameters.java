package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.NumberText;
import io.liftstream.lifting.surface.DepthEdges;
import io.liftstream.lifting.surface.MeshSettings;

/**
 * The camera and scale parameters that one image is lifted with: a configuration in which every
 * field has been decided and checked.
 *
 * @param intrinsics focal lengths positive, all finite; pixels
 * @param depthScale divisor that turns raw uint16 depth into metres
 * @param depthTrunc metres from which points are dropped
 * @param mapping how depth becomes metres
 * @param near metres at the largest relative inverse depth
 * @param far metres at the smallest relative inverse depth
 * @param fixedRange the outputs that far and near stand for; null means the frame's own extremes
 * @param axes axes of the cloud
 * @param edgeFilter share of the larger inverse distance by which neighbours of one surface may
 *     differ; 0 where no points are dropped for it
 * @param mesh how a mesh is laid
 */
public record LiftingParameters(
        Intrinsics intrinsics,
        double depthScale,
        double depthTrunc,
        DepthMapping mapping,
        double near,
        double far,
        FixedRange fixedRange,
        Axes axes,
        double edgeFilter,
        MeshSettings mesh) {
    private static final double DEFAULT_DEPTH_SCALE = 1000;
    private static final double DEFAULT_DEPTH_TRUNC = 10;
    private static final double DEFAULT_NEAR = 0.5;
    private static final int DEFAULT_MESH_STEP = 2;
    private static final double DEFAULT_MESH_MAX_ANGLE = 85;

    /** Within these no coordinate of a point can leave float32. */
    private static final double MIN = 1e-9;

    private static final double MAX = 1e9;

    /**
     * Decides every field of a configuration.
     *
     * @param config what was given
     * @param intrinsics what stands in for absent intrinsics
     * @param standIn what stands in for an absent mapping
     * @param modelMaxDepth the largest distance of a metric model, metres, which stands in for an
     *     absent depth_trunc; null where none is stated
     * @throws io.liftstream.frame.LiftingException INVALID_COMMAND for a value out of range
     */
    static LiftingParameters of(
            DepthEstimationAdvanceConfig config,
            Intrinsics intrinsics,
            DepthMapping standIn,
            Double modelMaxDepth) {
        DepthMapping mapping = config.depthMapping() != null ? config.depthMapping() : standIn;
        double reach =
                mapping == DepthMapping.METRIC && modelMaxDepth != null
                        ? modelMaxDepth
                        : DEFAULT_DEPTH_TRUNC;
        double depthTrunc = positive("depth_trunc", config.depthTrunc(), reach);
        LiftingParameters parameters =
                new LiftingParameters(
                        new Intrinsics(
                                positive("fx", config.fx(), intrinsics.fx()),
                                positive("fy", config.fy(), intrinsics.fy()),
                                finite("cx", config.cx(), intrinsics.cx()),
                                finite("cy", config.cy(), intrinsics.cy())),
                        positive("depth_scale", config.depthScale(), DEFAULT_DEPTH_SCALE),
                        depthTrunc,
                        mapping,
                        positive("near", config.near(), DEFAULT_NEAR),
                        positive("far", config.far(), depthTrunc),
                        config.fixedRange(),
                        config.axes() != null ? config.axes() : Axes.OPTICAL,
                        share("edge_filter", config.edgeFilter()),
                        mesh(config));
        parameters.requireOrderedRanges();
        return parameters;
    }

    private void requireOrderedRanges() {
        if (fixedRange != null
                && !(Double.isFinite(fixedRange.lo()) && Double.isFinite(fixedRange.hi()))) {
            throw invalid("fixed_range", text(fixedRange), "both must be finite");
        }
        if (fixedRange != null && fixedRange.lo() > fixedRange.hi()) {
            throw invalid(
                    "fixed_range",
                    text(fixedRange),
                    "the first must not be greater than the second");
        }
        if (mapping == DepthMapping.INVERSE && near >= far) {
            throw invalid(
                    "near", near, "must be less than far, which is " + NumberText.of(far) + " m");
        }
    }

    private static String text(FixedRange range) {
        return NumberText.of(range.lo()) + " and " + NumberText.of(range.hi());
    }

    private static double positive(String name, Double given, double standIn) {
        double value = given != null ? given : standIn;
        if (!(value >= MIN && value <= MAX)) {
            throw invalid(
                    name,
                    value,
                    value > 0 ? "must be between 0.000000001 and 1000000000" : "must be positive");
        }
        return value;
    }

    private static double share(String name, Double given) {
        double value = given != null ? given : 0;
        if (!(value >= 0 && value < 1)) {
            throw invalid(name, value, "must be a share of inverse distance, 0 (none) or below 1");
        }
        return value;
    }

    private static MeshSettings mesh(DepthEstimationAdvanceConfig config) {
        int step = config.meshStep() != null ? config.meshStep() : DEFAULT_MESH_STEP;
        if (step != 1 && step != 2 && step != 4) {
            throw invalid("mesh_step", step, "must be 1, 2 or 4");
        }
        double angle =
                config.meshMaxAngle() != null ? config.meshMaxAngle() : DEFAULT_MESH_MAX_ANGLE;
        if (!(angle > 0 && angle <= 90)) {
            throw invalid("mesh_max_angle", angle, "must be degrees, above 0 and at most 90");
        }
        double jump = share("edge_filter", config.edgeFilter());
        return new MeshSettings(step, angle, jump > 0 ? jump : DepthEdges.DEFAULT_MAX_JUMP);
    }

    /** The same with other intrinsics. */
    LiftingParameters withIntrinsics(Intrinsics other) {
        return new LiftingParameters(
                other,
                depthScale,
                depthTrunc,
                mapping,
                near,
                far,
                fixedRange,
                axes,
                edgeFilter,
                mesh);
    }

    /** The same with other outputs that stand for far and near. */
    LiftingParameters withRange(FixedRange range) {
        return new LiftingParameters(
                intrinsics,
                depthScale,
                depthTrunc,
                mapping,
                near,
                far,
                range,
                axes,
                edgeFilter,
                mesh);
    }

    private static double finite(String name, Double given, double standIn) {
        double value = given != null ? given : standIn;
        if (!(Math.abs(value) <= MAX)) {
            throw invalid(name, value, "must be between -1000000000 and 1000000000");
        }
        return value;
    }

    private static RuntimeException invalid(String name, Object value, String remedy) {
        return DepthEstimationCommand.invalid("advanced_config." + name, value, remedy);
    }
}
