package io.liftstream.lifting.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rendered scenes seen by a network that gives each frame a scale and a shift of its own. */
class SteadyScaleTest {
    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;
    private static final long FRAME_NANOS = 33_333_333;
    private static final double NEAR = 0.5;
    private static final double FAR = 10;

    private final StillCamera camera = StillCamera.of(3, SceneFamily.ROOM, WIDTH, HEIGHT);
    private final RelativeNetwork network = new RelativeNetwork();
    private final SteadyScale steady = new SteadyScale(SteadyScaleSettings.DEFAULT);
    private final List<FrameScale> scales = new ArrayList<>();
    private CameraScale memory;
    private long now = 1_700_000_000_000_000_000L;

    @Test
    void aBoxThatEntersForThirtyFramesDoesNotMoveTheWall() {
        double[] before = run(0, 15);
        int[] wall = wallPixels();
        double steadyMoved = 0;
        double frameMoved = 0;
        double reference = median(before, wall);
        double frameReference = median(metresOfFrameRange(estimate(camera.frame(14))), wall);
        for (int i = 15; i < 45; i++) {
            RenderedFrame frame = camera.withBox(i, 0.02 * (30 - i));
            float[] depth = estimate(frame);
            double moved = median(metres(depth, next(frame, depth)), wall) / reference - 1;
            steadyMoved = Math.max(steadyMoved, Math.abs(moved));
            double own = median(metresOfFrameRange(depth), wall) / frameReference - 1;
            frameMoved = Math.max(frameMoved, Math.abs(own));
        }
        double after = median(run(45, 60), wall) / reference - 1;
        System.out.printf(
                "wall moves: steady %.4f, frame %.4f, steady afterwards %.4f%n",
                steadyMoved, frameMoved, after);
        assertThat(steadyMoved).isLessThan(0.02);
        assertThat(frameMoved).isGreaterThan(0.2);
        assertThat(after).isCloseTo(0, within(0.02));
        assertThat(resets()).containsExactly(ScaleReset.START);
    }

    @Test
    void aBoxThatStaysDoesNotPullTheScaleToItself() {
        double reference = median(run(0, 15), wallPixels());
        double moved = 0;
        for (int i = 15; i < 90; i++) {
            RenderedFrame frame = camera.withBox(i, 0.05);
            float[] depth = estimate(frame);
            double distance = median(metres(depth, next(frame, depth)), wallPixels());
            moved = Math.max(moved, Math.abs(distance / reference - 1));
        }
        assertThat(moved).isLessThan(0.05);
    }

    @Test
    void anExposureStepMovesNothing() {
        double reference = median(run(0, 15), wallPixels());
        for (int i = 15; i < 30; i++) {
            RenderedFrame frame = camera.exposed(i, 1.7);
            float[] depth = estimate(frame);
            double distance = median(metres(depth, next(frame, depth)), wallPixels());
            assertThat(distance / reference).as("frame " + i).isCloseTo(1, within(0.01));
        }
        assertThat(resets()).containsExactly(ScaleReset.START);
    }

    @Test
    void aPanIsNoCutAndMovesTheRangeSlowly() {
        run(0, 15);
        for (int i = 15; i < 60; i++) {
            RenderedFrame frame = camera.turned(i, 0.02 * (i - 14));
            CameraScale before = memory;
            next(frame, estimate(frame));
            // 1 - exp(-1/90) of the way to what the picture shows now, which may be anything.
            double moved =
                    Math.abs(memory.hi() - before.hi()) + Math.abs(memory.lo() - before.lo());
            assertThat(moved / (before.hi() - before.lo())).as("frame " + i).isLessThan(0.05);
        }
        assertThat(resets()).containsExactly(ScaleReset.START);
    }

    @Test
    void whereTheCameraMovesTheLineStays() {
        run(0, 5);
        CameraScale before = memory;
        RenderedFrame frame = camera.turned(5, 0.05);
        FrameScale scale = next(frame, estimate(frame));
        assertThat(scale.reset()).isNull();
        assertThat(scale.scale()).isEqualTo(before.scale());
        assertThat(scale.shift()).isEqualTo(before.shift());
    }

    @Test
    void aCutBeginsAnew() {
        run(0, 10);
        StillCamera other = StillCamera.of(11, SceneFamily.CORRIDOR, WIDTH, HEIGHT);
        RenderedFrame frame = other.frame(10);
        FrameScale scale = next(frame, estimate(frame));
        assertThat(scale.reset()).isEqualTo(ScaleReset.CUT);
        assertThat(scale.scale()).isEqualTo(1);
        assertThat(scale.shift()).isZero();
        assertThat(next(other.frame(11), estimate(other.frame(11))).reset()).isNull();
    }

    @Test
    void lostFramesChangeNothingForAStillCamera() {
        double reference = median(run(0, 15), wallPixels());
        now += 90 * FRAME_NANOS;
        double later = median(run(105, 106), wallPixels());
        assertThat(later / reference).isCloseTo(1, within(0.01));
        assertThat(resets()).containsExactly(ScaleReset.START);
    }

    @Test
    void theFilterKnowsTimeAndNotTheNumberOfFrames() {
        List<double[]> ends = new ArrayList<>();
        for (int step : new int[] {1, 3}) {
            CameraScale own = null;
            RelativeNetwork exact = new RelativeNetwork();
            for (int i = 0; i <= 60; i += step) {
                RenderedFrame frame = i < 15 ? camera.frame(0) : camera.withBox(0, 0.05);
                own = steady.next(own, scaled(frame, exact.estimate(frame), i)).memory();
            }
            ends.add(new double[] {own.lo(), own.hi()});
        }
        double span = ends.get(0)[1] - ends.get(0)[0];
        assertThat(ends.get(1)[0]).isCloseTo(ends.get(0)[0], within(0.05 * span));
        assertThat(ends.get(1)[1]).isCloseTo(ends.get(0)[1], within(0.05 * span));
    }

    @Test
    void anotherEpochModelOrSizeBeginsAnew() {
        run(0, 3);
        RenderedFrame frame = camera.frame(3);
        float[] depth = estimate(frame);
        assertThat(resetOf(new ScaledFrame("m", 1, now, WIDTH, HEIGHT, depth, frame.rgb(), null)))
                .isEqualTo(ScaleReset.EPOCH);
        assertThat(resetOf(new ScaledFrame("n", 0, now, WIDTH, HEIGHT, depth, frame.rgb(), null)))
                .isEqualTo(ScaleReset.MODEL);
        StillCamera small = StillCamera.of(3, SceneFamily.ROOM, 40, 30);
        RenderedFrame other = small.frame(3);
        assertThat(
                        resetOf(
                                new ScaledFrame(
                                        "m", 0, now, 40, 30, estimate(other), other.rgb(), null)))
                .isEqualTo(ScaleReset.SIZE);
    }

    @Test
    void theResultDependsOnTheMemoryAndTheFrameAlone() {
        run(0, 5);
        RenderedFrame frame = camera.frame(5);
        float[] depth = estimate(frame);
        ScaledFrame scaled = scaled(frame, depth, 5);
        SteadyScale.Step first = steady.next(memory, scaled);
        StillCamera other = StillCamera.of(11, SceneFamily.CORRIDOR, 64, 48);
        steady.next(
                null,
                new ScaledFrame(
                        "x", 0, 0, 64, 48, estimate(other.frame(0)), other.frame(0).rgb(), null));
        SteadyScale.Step again = steady.next(memory, scaled);
        SteadyScale.Step fresh = new SteadyScale(SteadyScaleSettings.DEFAULT).next(memory, scaled);
        assertThat(again.scale()).isEqualTo(first.scale()).isEqualTo(fresh.scale());
        assertThat(fresh.memory().reference()).isEqualTo(first.memory().reference());
    }

    @Test
    void picturesWithoutSpreadOrSmallerThanTheGridHaveAScale() {
        float[] flat = new float[6];
        Arrays.fill(flat, 2f);
        ScaledFrame frame = new ScaledFrame("m", 0, now, 3, 2, flat, new byte[18], null);
        SteadyScale.Step step = steady.next(null, frame);
        assertThat(step.scale().lo()).isEqualTo(2);
        step = steady.next(step.memory(), frame);
        assertThat(step.scale().scale()).isEqualTo(1);
        assertThat(step.scale().lo()).isEqualTo(step.scale().hi()).isEqualTo(2);
    }

    @Test
    void aPictureOfOnePixelMayBeTheFirst() {
        ScaledFrame frame = new ScaledFrame("m", 0, now, 1, 1, new float[] {2}, new byte[3], null);
        assertThat(steady.next(null, frame).scale().lo()).isEqualTo(2);
    }

    private ScaleReset resetOf(ScaledFrame frame) {
        return steady.next(memory, frame).scale().reset();
    }

    /** Metres of the last of the frames in which nothing happens. */
    private double[] run(int from, int to) {
        double[] metres = null;
        for (int i = from; i < to; i++) {
            RenderedFrame frame = camera.frame(i);
            float[] depth = estimate(frame);
            metres = metres(depth, next(frame, depth));
        }
        return metres;
    }

    private float[] estimate(RenderedFrame frame) {
        return network.estimate(frame);
    }

    private FrameScale next(RenderedFrame frame, float[] depth) {
        now += FRAME_NANOS;
        SteadyScale.Step step =
                steady.next(
                        memory,
                        new ScaledFrame("m", 0, now, WIDTH, HEIGHT, depth, frame.rgb(), null));
        memory = step.memory();
        scales.add(step.scale());
        return step.scale();
    }

    private static ScaledFrame scaled(RenderedFrame frame, float[] depth, int index) {
        return new ScaledFrame(
                "m",
                0,
                1_700_000_000_000_000_000L + index * FRAME_NANOS,
                WIDTH,
                HEIGHT,
                depth,
                frame.rgb(),
                null);
    }

    private List<ScaleReset> resets() {
        return scales.stream().map(FrameScale::reset).filter(reset -> reset != null).toList();
    }

    private static double[] metres(float[] depth, FrameScale scale) {
        return metres(depth, scale.lo(), scale.hi());
    }

    private static double[] metresOfFrameRange(float[] depth) {
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        for (float value : depth) {
            lo = Math.min(lo, value);
            hi = Math.max(hi, value);
        }
        return metres(depth, lo, hi);
    }

    private static double[] metres(float[] depth, double lo, double hi) {
        double[] metres = new double[depth.length];
        for (int i = 0; i < depth.length; i++) {
            double n = (depth[i] - lo) / (hi - lo);
            metres[i] = 1 / (n / NEAR + (1 - n) / FAR);
        }
        return metres;
    }

    /** The upper left corner of the picture, where the box never is. */
    private static int[] wallPixels() {
        int[] pixels = new int[WIDTH / 4 * (HEIGHT / 4)];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i / (WIDTH / 4) * WIDTH + i % (WIDTH / 4);
        }
        return pixels;
    }

    private static double median(double[] metres, int[] pixels) {
        return Arrays.stream(pixels)
                .mapToDouble(i -> metres[i])
                .sorted()
                .toArray()[pixels.length / 2];
    }
}
