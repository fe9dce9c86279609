package io.liftstream.lifting.scale;

import java.util.Arrays;

/**
 * Takes the flicker out of relative depth. A network gives each frame a scale and a shift of its
 * own; what stands still in the picture tells both, and they are undone. The range that far and
 * near stand for follows slowly, so that a hand before the lens does not move the wall.
 *
 * <p>One frame: cells whose brightness did not change but for the exposure stand still; the line
 * that most of them agree on takes their depth to the remembered depth, and two rounds of Huber's
 * weights (1964, threshold 1.5 standard deviations) refine it; percentiles 2 and 98 of those that
 * agree with it move the range, and the remembered depth moves to the new one, both by 1 -
 * exp(-dt/tau). Cells that agree are then taken to what is remembered of them. Where less than half
 * of the cells with contrast stands still, the camera moves and nothing tells its scale: the last
 * line stays, the range follows the whole picture, and the remembered depth is this frame's. Where
 * the picture has nothing in common with the one before, all begins anew.
 *
 * <p>The result is a function of the camera's frames, in order, and of their capture times. Keeps
 * scratch memory, which nothing depends on; not thread safe.
 */
public final class SteadyScale {
    private static final double LOW = 0.02;
    private static final double HIGH = 0.98;

    /** Of the range between the percentiles: room on either side for what lies beyond them. */
    private static final double MARGIN = 0.05;

    /** Fewer agreeing cells do not move the range. */
    private static final double LEAST_AGREEING = 0.2;

    private static final double HUBER = 1.5;

    /** The median deviation of a normal distribution is so much of its standard deviation. */
    private static final double NORMAL_MEDIAN = 0.6745;

    /** Beyond four times Huber's threshold a cell is something else, however large its leverage. */
    private static final double OUTLIER = 0.25;

    /** How many times slower the reference of a cell that disagrees moves. */
    private static final double SLOWER = 6;

    private static final int ROUNDS = 2;
    private static final double LEAST_VOTERS = 0.05;
    private static final float AGREES = 0.5f;
    private static final double NANOS = 1e-9;
    private static final int CELL_ARRAYS = 4;
    private static final double[] NO_POINTS = {};

    private final SteadyScaleSettings options;
    private final Quantiles quantiles = new Quantiles();
    private CellGrid grid;
    private float[] still;
    private float[] votes;
    private float[] weights;
    private float[] deviations;

    /**
     * A scale without memory of its own: it is in the {@link CameraScale} of each camera.
     *
     * @param options how fast it follows
     */
    public SteadyScale(SteadyScaleSettings options) {
        this.options = options;
    }

    /**
     * A camera's memory after a frame, and what that frame's output means.
     *
     * @param memory to be given back with the camera's next frame
     * @param scale of the frame
     * @param correction of what stands still; null where nothing is remembered of it
     */
    public record Step(CameraScale memory, FrameScale scale, CellCorrection correction) {}

    /**
     * Takes the next frame of a camera.
     *
     * @param before the camera's memory, or null for its first frame
     * @param frame the frame
     * @return the memory from now on, and the frame's scale
     */
    public Step next(CameraScale before, ScaledFrame frame) {
        fit(frame.width(), frame.height());
        float[] depth = grid.depth(frame.depth());
        byte[] luma = grid.luma(frame.rgb());
        ScaleReset reset = resetBefore(before, frame);
        if (reset != null) {
            return begin(frame, depth, luma, reset);
        }
        boolean stands =
                StillCells.mark(before.luma(), luma, grid.columns(), still, deviations, quantiles);
        if (!stands && StillCells.isCut(before.luma(), luma)) {
            return begin(frame, depth, luma, ScaleReset.CUT);
        }
        return follow(before, frame, depth, luma, stands);
    }

    /**
     * The scale of a frame on its own: that of its known points, or else its own range.
     *
     * @param frame the frame
     * @param lo the least output
     * @param hi the largest output
     * @return the scale; null where there are no known points
     */
    public static FrameScale ofFrame(ScaledFrame frame, double lo, double hi) {
        if (frame.survey() == null) {
            return null;
        }
        double[] now = frame.survey().sample(frame);
        FrameScale own = FrameScale.guessed(lo, hi, AffineFit.IDENTITY, null);
        return frame.survey().scale(own, now, now);
    }

    private void fit(int width, int height) {
        if (grid == null || !grid.fits(width, height)) {
            CellGrid fitting = new CellGrid(width, height);
            // All or nothing: where the heap has no room for one array, none is replaced alone.
            float[][] cells = new float[CELL_ARRAYS][fitting.cells()];
            still = cells[0];
            votes = cells[1];
            weights = cells[2];
            deviations = cells[3];
            grid = fitting;
        }
    }

    private static ScaleReset resetBefore(CameraScale before, ScaledFrame frame) {
        if (before == null) {
            return ScaleReset.START;
        }
        if (before.epoch() != frame.epoch()) {
            return ScaleReset.EPOCH;
        }
        if (!before.model().equals(frame.model())) {
            return ScaleReset.MODEL;
        }
        boolean sameSize = before.width() == frame.width() && before.height() == frame.height();
        return sameSize ? null : ScaleReset.SIZE;
    }

    private Step begin(ScaledFrame frame, float[] depth, byte[] luma, ScaleReset reset) {
        Arrays.fill(weights, 1);
        quantiles.take(depth, weights, 1);
        byte[] agreement = new byte[luma.length];
        Arrays.fill(agreement, (byte) 255);
        CameraScale memory =
                memory(
                        frame,
                        quantiles.at(LOW),
                        quantiles.at(HIGH),
                        AffineFit.IDENTITY,
                        depth,
                        luma,
                        agreement,
                        survey(null, frame, AffineFit.IDENTITY, false));
        return step(frame, memory, reset, null);
    }

    private Step follow(
            CameraScale before, ScaledFrame frame, float[] depth, byte[] luma, boolean stands) {
        AffineFit fit = new AffineFit(before.scale(), before.shift());
        if (stands) {
            fit = robustFit(before, depth, fit);
        } else {
            Arrays.fill(weights, 1);
        }
        double seconds = seconds(before, frame);
        float[] steady = new float[depth.length];
        for (int i = 0; i < depth.length; i++) {
            steady[i] = (float) fit.apply(depth[i]);
        }
        double lo = before.lo();
        double hi = before.hi();
        quantiles.take(steady, weights, AGREES);
        if (quantiles.count() >= LEAST_AGREEING * depth.length) {
            double share = share(seconds, options.rangeSeconds());
            lo += share * (quantiles.at(LOW) - lo);
            hi += share * (quantiles.at(HIGH) - hi);
        }
        CellCorrection correction = null;
        if (stands) {
            float[] reference = remembered(before.reference(), steady, seconds);
            correction = correction(frame, steady, reference, fit);
            steady = reference;
        }
        double[] surveyed = survey(before, frame, fit, stands);
        CameraScale memory = memory(frame, lo, hi, fit, steady, luma, agreement(), surveyed);
        return step(frame, memory, null, correction);
    }

    /** Takes each cell that agrees to what is remembered of it; in units of the frame's outputs. */
    private CellCorrection correction(
            ScaledFrame frame, float[] steady, float[] reference, AffineFit fit) {
        float[] cells = new float[steady.length];
        for (int i = 0; i < cells.length; i++) {
            double share = Math.min(1, weights[i] / AGREES);
            cells[i] = (float) (share * (reference[i] - steady[i]) / fit.scale());
        }
        return new CellCorrection(
                cells, grid.columns(), grid.rows(), frame.width(), frame.height());
    }

    /** The remembered depth of known points: moves as that of their cells does. */
    private double[] survey(CameraScale before, ScaledFrame frame, AffineFit line, boolean stands) {
        if (frame.survey() == null) {
            return NO_POINTS;
        }
        double[] depth = SurveyedScale.steady(line, frame.survey().sample(frame));
        if (before == null || before.surveyHash() != frame.survey().hash()) {
            return depth;
        }
        double seconds = seconds(before, frame);
        for (int i = 0; i < depth.length; i++) {
            int cell = frame.survey().cell(i, grid);
            double share = stands ? still[cell] * share(cell, seconds) : 0;
            depth[i] = before.surveyed()[i] + share * (depth[i] - before.surveyed()[i]);
        }
        return depth;
    }

    private static double seconds(CameraScale before, ScaledFrame frame) {
        return (frame.captureTimeNanos() - before.captureTimeNanos()) * NANOS;
    }

    /** Fits this frame's depth to the reference, and leaves each cell's weight behind. */
    private AffineFit robustFit(CameraScale before, float[] depth, AffineFit last) {
        takeVotes(before);
        AffineFit fit =
                Consensus.of(
                        depth, before.reference(), votes, AGREES, before.hi() - before.lo(), last);
        for (int round = 0; round < ROUNDS; round++) {
            weigh(depth, before.reference(), fit);
            fit = AffineFit.of(depth, before.reference(), weights, fit);
        }
        weigh(depth, before.reference(), fit);
        return fit;
    }

    /**
     * What stands still and agreed in the frame before votes: something near that has stopped
     * before the camera would pull the line to itself. Where hardly anything is left, all that
     * stands still votes.
     */
    private void takeVotes(CameraScale before) {
        int voters = 0;
        for (int i = 0; i < votes.length; i++) {
            votes[i] = still[i] * (before.agreement()[i] & 0xff) / 255;
            voters += votes[i] >= AGREES ? 1 : 0;
        }
        if (voters < LEAST_VOTERS * votes.length) {
            System.arraycopy(still, 0, votes, 0, votes.length);
        }
    }

    /** Weighs still cells by how near they come to the reference, measured by those that vote. */
    private void weigh(float[] depth, float[] reference, AffineFit fit) {
        for (int i = 0; i < depth.length; i++) {
            deviations[i] = (float) Math.abs(fit.apply(depth[i]) - reference[i]);
        }
        quantiles.take(deviations, votes, AGREES);
        double threshold = HUBER * quantiles.at(0.5) / NORMAL_MEDIAN;
        for (int i = 0; i < depth.length; i++) {
            double weight = deviations[i] <= threshold ? 1 : threshold / deviations[i];
            weights[i] = weight < OUTLIER ? 0 : still[i] * (float) weight;
        }
    }

    private byte[] agreement() {
        byte[] agreement = new byte[weights.length];
        for (int i = 0; i < agreement.length; i++) {
            agreement[i] = (byte) Math.round(255 * weights[i]);
        }
        return agreement;
    }

    /** Moves the reference of still cells towards the new depth. */
    private float[] remembered(float[] reference, float[] steady, double seconds) {
        double agreeing = share(seconds, options.referenceSeconds());
        double disagreeing = share(seconds, SLOWER * options.referenceSeconds());
        float[] remembered = new float[steady.length];
        for (int i = 0; i < steady.length; i++) {
            double share = weights[i] >= AGREES ? agreeing : disagreeing;
            remembered[i] = (float) (reference[i] + share * still[i] * (steady[i] - reference[i]));
        }
        return remembered;
    }

    /** Cells that disagree move slowly: what stops for a moment leaves no trace. */
    private double share(int cell, double seconds) {
        double slower = weights[cell] >= AGREES ? 1 : SLOWER;
        return share(seconds, slower * options.referenceSeconds());
    }

    private static double share(double seconds, double timeConstant) {
        // StrictMath: the same bits on every processor.
        return 1 - StrictMath.exp(-seconds / timeConstant);
    }

    private static CameraScale memory(
            ScaledFrame frame,
            double lo,
            double hi,
            AffineFit fit,
            float[] reference,
            byte[] luma,
            byte[] agreement,
            double[] surveyed) {
        return new CameraScale(
                frame.model(),
                frame.epoch(),
                frame.width(),
                frame.height(),
                frame.captureTimeNanos(),
                lo,
                hi,
                fit.scale(),
                fit.shift(),
                reference,
                luma,
                agreement,
                frame.survey() == null ? 0 : frame.survey().hash(),
                surveyed);
    }

    private static Step step(
            ScaledFrame frame, CameraScale memory, ScaleReset reset, CellCorrection correction) {
        AffineFit fit = new AffineFit(memory.scale(), memory.shift());
        double margin = MARGIN * (memory.hi() - memory.lo());
        FrameScale scale =
                FrameScale.guessed(
                        fit.undo(memory.lo() - margin), fit.undo(memory.hi() + margin), fit, reset);
        SurveyedScale survey = frame.survey();
        return new Step(
                memory,
                survey == null
                        ? scale
                        : survey.scale(scale, memory.surveyed(), survey.sample(frame)),
                correction);
    }
}
