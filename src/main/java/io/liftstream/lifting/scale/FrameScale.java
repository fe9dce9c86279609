package io.liftstream.lifting.scale;

import io.liftstream.frame.MetricBasis;

/**
 * What one frame's relative network output v means: {@code 1/z = n/near + (1-n)/far} with {@code n
 * = (v-lo)/(hi-lo)}. The output is steady over a still camera's frames as {@code scale * v +
 * shift}.
 *
 * @param lo the output of this frame that stands for far
 * @param hi the output of this frame that stands for near
 * @param scale positive; 1 where the scale is each frame's own, and where it began anew
 * @param shift 0 where the scale is each frame's own, and where it began anew
 * @param reset why the steady scale began anew with this frame; null where it did not
 * @param basis SURVEYED where known points fix it, else GUESS
 * @param residual the largest relative error of the inverse distances of known points in this
 *     frame; infinite where no rising line fits them; null where there are no points
 */
public record FrameScale(
        double lo,
        double hi,
        double scale,
        double shift,
        ScaleReset reset,
        MetricBasis basis,
        Double residual) {

    static FrameScale guessed(double lo, double hi, AffineFit fit, ScaleReset reset) {
        return new FrameScale(lo, hi, fit.scale(), fit.shift(), reset, MetricBasis.GUESS, null);
    }

    /** The same, when known points do not fit; the scale stays a guess. */
    FrameScale withResidual(double found) {
        return new FrameScale(lo, hi, scale, shift, reset, MetricBasis.GUESS, found);
    }

    AffineFit line() {
        return new AffineFit(scale, shift);
    }
}
