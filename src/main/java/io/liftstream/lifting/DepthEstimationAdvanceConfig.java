package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import java.io.Serializable;

/**
 * Camera and scale parameters, every one optional: null means that the next level decides. Levels
 * are, strongest first, message, camera configuration, job configuration, model, default.
 *
 * @param fx focal length along the columns, pixels, positive; default 525
 * @param fy focal length along the rows, pixels, positive; default 525
 * @param cx column of the principal point, pixels; default 319.5
 * @param cy row of the principal point, pixels; default 239.5
 * @param depthScale divisor that turns raw uint16 depth into metres, positive; default 1000
 * @param depthTrunc metres, positive; points at or beyond it are dropped; default 10, or the
 *     largest distance that a metric model states
 * @param depthMapping how depth becomes metres; default METRIC for supplied depth, else the model's
 * @param near metres, positive: distance at the largest relative inverse depth (INVERSE); default
 *     0.5
 * @param far metres, more than near: distance at the smallest relative inverse depth (INVERSE);
 *     default depthTrunc
 * @param fixedRange the outputs that far and near stand for; default the frame's own extremes
 * @param axes axes of the point cloud; default OPTICAL
 * @param edgeFilter points are dropped whose inverse distance differs from a neighbour's by more
 *     than this share of the larger, 0 to 1; 0 for none, which is the default; LINEAR drops none
 * @param meshStep the mesh has a vertex on every so many-th row and column: 1, 2 or 4; default 2
 * @param meshMaxAngle degrees between the normal of a triangle of the mesh and the ray to it, above
 *     0 and at most 90; default 85
 */
public record DepthEstimationAdvanceConfig(
        Double fx,
        Double fy,
        Double cx,
        Double cy,
        Double depthScale,
        Double depthTrunc,
        DepthMapping depthMapping,
        Double near,
        Double far,
        FixedRange fixedRange,
        Axes axes,
        Double edgeFilter,
        Integer meshStep,
        Double meshMaxAngle)
        implements Serializable {

    /** Nothing set. */
    public static final DepthEstimationAdvanceConfig EMPTY = builder().build();

    /**
     * Checks the values that are set.
     *
     * @throws io.liftstream.frame.LiftingException INVALID_COMMAND for a value out of range
     */
    public void check() {
        LiftingParameters.of(
                this, DefaultIntrinsics.scaledTo(640, 480), DepthMapping.INVERSE, null);
    }

    /**
     * Starts with nothing set.
     *
     * @return a builder with nothing set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return this level under a stronger one: each field is the stronger one's where it is set
     * there, else this one's}
     *
     * @param stronger whose fields win
     */
    public DepthEstimationAdvanceConfig overriddenBy(DepthEstimationAdvanceConfig stronger) {
        return new DepthEstimationAdvanceConfig(
                first(stronger.fx, fx),
                first(stronger.fy, fy),
                first(stronger.cx, cx),
                first(stronger.cy, cy),
                first(stronger.depthScale, depthScale),
                first(stronger.depthTrunc, depthTrunc),
                first(stronger.depthMapping, depthMapping),
                first(stronger.near, near),
                first(stronger.far, far),
                first(stronger.fixedRange, fixedRange),
                first(stronger.axes, axes),
                first(stronger.edgeFilter, edgeFilter),
                first(stronger.meshStep, meshStep),
                first(stronger.meshMaxAngle, meshMaxAngle));
    }

    /**
     * {@return the same with another mapping, or none: a mapping for networks is not one for
     * sensors}
     *
     * @param other the mapping, or null
     */
    public DepthEstimationAdvanceConfig withDepthMapping(DepthMapping other) {
        return new DepthEstimationAdvanceConfig(
                fx,
                fy,
                cx,
                cy,
                depthScale,
                depthTrunc,
                other,
                near,
                far,
                fixedRange,
                axes,
                edgeFilter,
                meshStep,
                meshMaxAngle);
    }

    private static <T> T first(T stronger, T weaker) {
        return stronger != null ? stronger : weaker;
    }

    /** Sets fields one by one; what is not set stays null. */
    public static final class Builder {
        private Double fx;
        private Double fy;
        private Double cx;
        private Double cy;
        private Double depthScale;
        private Double depthTrunc;
        private DepthMapping depthMapping;
        private Double near;
        private Double far;
        private FixedRange fixedRange;
        private Axes axes;
        private Double edgeFilter;
        private Integer meshStep;
        private Double meshMaxAngle;

        private Builder() {}

        /**
         * Focal length along the columns, pixels.
         *
         * @param value above 0, or null
         * @return this builder
         */
        public Builder fx(Double value) {
            fx = value;
            return this;
        }

        /**
         * Focal length along the rows, pixels.
         *
         * @param value above 0, or null
         * @return this builder
         */
        public Builder fy(Double value) {
            fy = value;
            return this;
        }

        /**
         * Column of the principal point, pixels.
         *
         * @param value pixels from the first column's centre, or null
         * @return this builder
         */
        public Builder cx(Double value) {
            cx = value;
            return this;
        }

        /**
         * Row of the principal point, pixels.
         *
         * @param value pixels from the first row's centre, or null
         * @return this builder
         */
        public Builder cy(Double value) {
            cy = value;
            return this;
        }

        /**
         * Raw uint16 depth per metre.
         *
         * @param value above 0, or null
         * @return this builder
         */
        public Builder depthScale(Double value) {
            depthScale = value;
            return this;
        }

        /**
         * Metres from which points are dropped.
         *
         * @param value above 0, or null
         * @return this builder
         */
        public Builder depthTrunc(Double value) {
            depthTrunc = value;
            return this;
        }

        /**
         * How depth becomes metres.
         *
         * @param value the mapping, or null for the model's own
         * @return this builder
         */
        public Builder depthMapping(DepthMapping value) {
            depthMapping = value;
            return this;
        }

        /**
         * Metres at the near end of INVERSE.
         *
         * @param value above 0, or null
         * @return this builder
         */
        public Builder near(Double value) {
            near = value;
            return this;
        }

        /**
         * Metres at the far end of INVERSE.
         *
         * @param value above {@code near}, or null
         * @return this builder
         */
        public Builder far(Double value) {
            far = value;
            return this;
        }

        /**
         * The outputs that far and near stand for.
         *
         * @param value the range, or null for each frame's own
         * @return this builder
         */
        public Builder fixedRange(FixedRange value) {
            fixedRange = value;
            return this;
        }

        /**
         * Axes of the point cloud.
         *
         * @param value the axes, or null
         * @return this builder
         */
        public Builder axes(Axes value) {
            axes = value;
            return this;
        }

        /**
         * Drops points at the edges of surfaces.
         *
         * @param value share of the larger inverse distance, 0 to 1, 0 for none; or null
         * @return this builder
         */
        public Builder edgeFilter(Double value) {
            edgeFilter = value;
            return this;
        }

        /**
         * How fine the mesh is.
         *
         * @param value 1, 2 or 4 pixels from vertex to vertex; or null
         * @return this builder
         */
        public Builder meshStep(Integer value) {
            meshStep = value;
            return this;
        }

        /**
         * Leaves triangles out of the mesh that are seen from the side.
         *
         * @param value degrees, above 0 and at most 90; or null
         * @return this builder
         */
        public Builder meshMaxAngle(Double value) {
            meshMaxAngle = value;
            return this;
        }

        /** {@return the configuration; its values are checked where they are used} */
        public DepthEstimationAdvanceConfig build() {
            return new DepthEstimationAdvanceConfig(
                    fx,
                    fy,
                    cx,
                    cy,
                    depthScale,
                    depthTrunc,
                    depthMapping,
                    near,
                    far,
                    fixedRange,
                    axes,
                    edgeFilter,
                    meshStep,
                    meshMaxAngle);
        }
    }
}
