package io.liftstream.lifting;

/**
 * With what numbers a depth map became metres, so that its reader can do the same. With v a value
 * of the map, METRIC: {@code z = v unitFactor}. INVERSE: {@code 1/z = n/near + (1-n)/far} with
 * {@code n = (v - rangeLo) / (rangeHi - rangeLo)}. LINEAR: {@code z = 0.5 + (1-n) (depthTrunc -
 * 0.5)}, in steps of {@code 1/depthScale}. Pixels at {@code depthTrunc} or beyond have no point.
 *
 * @param unitFactor metres per unit of the map; 1 for relative models
 * @param rangeLo the value that stands for far
 * @param rangeHi the value that stands for near
 * @param near metres at rangeHi
 * @param far metres at rangeLo
 * @param depthTrunc metres from which points are dropped
 * @param depthScale steps in a metre of LINEAR, and of supplied raw depth
 */
public record DepthToMetres(
        double unitFactor,
        double rangeLo,
        double rangeHi,
        double near,
        double far,
        double depthTrunc,
        double depthScale) {

    /** The numbers of an image whose depth has this unit and these extremes. */
    static DepthToMetres of(LiftingParameters parameters, double unitFactor, DepthRange range) {
        FixedRange fixed = parameters.fixedRange();
        return new DepthToMetres(
                unitFactor,
                fixed != null ? fixed.lo() : range.min(),
                fixed != null ? fixed.hi() : range.max(),
                parameters.near(),
                parameters.far(),
                parameters.depthTrunc(),
                parameters.depthScale());
    }
}
