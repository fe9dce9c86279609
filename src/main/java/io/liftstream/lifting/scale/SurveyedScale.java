package io.liftstream.lifting.scale;

import io.liftstream.frame.MetricBasis;

/**
 * Takes a frame's scale from the known points in its view. With a steady scale, the depth of each
 * point is remembered as that of a cell is: who stands before a known point for a moment moves
 * nothing.
 */
public final class SurveyedScale {
    private final KnownPoints points;
    private final double near;
    private final double far;

    /**
     * Takes scales from known points.
     *
     * @param points at least two, all of them in the picture
     * @param near metres that the frame's hi will stand for
     * @param far metres that the frame's lo will stand for
     */
    public SurveyedScale(KnownPoints points, double near, double far) {
        this.points = points;
        this.near = near;
        this.far = far;
    }

    /**
     * The scale of a frame.
     *
     * @param own scale of the frame without known points
     * @param remembered steady depth of each point
     * @param now output of each point in this frame
     */
    FrameScale scale(FrameScale own, double[] remembered, double[] now) {
        AffineFit metres = points.fit(remembered);
        if (metres == null) {
            return own.withResidual(Double.POSITIVE_INFINITY);
        }
        double residual = points.residual(metres, steady(own.line(), now));
        if (points.residual(metres, remembered) > KnownPoints.LARGEST_RESIDUAL) {
            return own.withResidual(residual);
        }
        return new FrameScale(
                own.line().undo(metres.undo(1 / far)),
                own.line().undo(metres.undo(1 / near)),
                own.scale(),
                own.shift(),
                own.reset(),
                MetricBasis.SURVEYED,
                residual);
    }

    double[] sample(ScaledFrame frame) {
        return points.sample(frame.depth(), frame.width(), frame.height());
    }

    int hash() {
        return points.pixelHash();
    }

    int cell(int point, CellGrid grid) {
        KnownPoint known = points.points().get(point);
        return grid.cellOf(known.column(), known.row());
    }

    static double[] steady(AffineFit line, double[] output) {
        double[] steady = new double[output.length];
        for (int i = 0; i < steady.length; i++) {
            steady[i] = line.apply(output[i]);
        }
        return steady;
    }
}
