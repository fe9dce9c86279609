package io.liftstream.lifting.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.MetricBasis;
import io.liftstream.image.ImageSize;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import org.junit.jupiter.api.Test;

class KnownPointsTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final double NEAR = 0.5;
    private static final double FAR = 10;

    @Test
    void twoKnownPointsBringAPlaneBackWhateverScaleAndShiftTheNetworkHas() {
        KnownPoints points = KnownPoints.parse("10,24,3; 50,24,1.5");
        for (double[] affine : new double[][] {{1, 0}, {37, -4}, {0.002, 900}}) {
            float[] depth = planes(affine[0], affine[1]);
            FrameScale scale = SteadyScale.ofFrame(frame(depth, points), 0, 1);
            assertThat(scale.basis()).isEqualTo(MetricBasis.SURVEYED);
            assertThat(metres(depth[5 * WIDTH + 5], scale)).isCloseTo(3, within(0.03));
            assertThat(metres(depth[40 * WIDTH + 60], scale)).isCloseTo(1.5, within(0.015));
            assertThat(scale.residual()).isLessThan(0.01);
        }
    }

    @Test
    void pointsThatContradictEachOtherLeaveTheScaleAGuessAndSayByHowMuch() {
        KnownPoints wrong = KnownPoints.parse("10,24,3; 50,24,1.5; 12,10,1.6");
        FrameScale scale = SteadyScale.ofFrame(frame(planes(1, 0), wrong), 0.25, 0.75);
        assertThat(scale.basis()).isEqualTo(MetricBasis.GUESS);
        assertThat(scale.residual()).isGreaterThan(KnownPoints.LARGEST_RESIDUAL);
        assertThat(scale.lo()).isEqualTo(0.25);

        KnownPoints swapped = KnownPoints.parse("10,24,1.5; 50,24,3");
        scale = SteadyScale.ofFrame(frame(planes(1, 0), swapped), 0.25, 0.75);
        assertThat(scale.basis()).isEqualTo(MetricBasis.GUESS);
        assertThat(scale.residual()).isInfinite();
    }

    @Test
    void pointsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> KnownPoints.parse("10,24,3"))
                .hasMessageStartingWith("one point: give two or more");
        assertThatThrownBy(() -> KnownPoints.parse("10,24,3; 10,24,2"))
                .hasMessageStartingWith("two points at (10, 24)");
        assertThatThrownBy(() -> KnownPoints.parse("10,24,3; 20,24,3.01"))
                .hasMessageContaining("different distances");
        assertThatThrownBy(() -> KnownPoints.parse("10,24,3; 20,2"))
                .hasMessageStartingWith("\"20,2\" is not a known point: write column,row,metres");
        assertThatThrownBy(() -> KnownPoints.parse("10,24,3; 20,2,-1"))
                .hasMessageStartingWith("\"20,2,-1\" is not a known point");
        assertThatThrownBy(
                        () ->
                                KnownPoints.parse("0,0,3; 64,2,1")
                                        .requireInside(new ImageSize(64, 48)))
                .isInstanceOf(LiftingException.class)
                .hasMessage(
                        "known point is (64, 2): must lie in the picture of 64 x 48;"
                                + " correct the camera's known-points");
    }

    @Test
    void whoStandsBeforeAKnownPointForASecondMovesNothing() {
        StillCamera camera = StillCamera.of(3, SceneFamily.ROOM, 128, 96);
        RenderedFrame empty = camera.frame(0);
        KnownPoints points =
                KnownPoints.parse(
                        "64,50," + truth(empty, 64, 50) + "; 20,10," + truth(empty, 20, 10));
        SteadyScale steady = new SteadyScale(SteadyScaleSettings.DEFAULT);
        RelativeNetwork network = new RelativeNetwork();
        CameraScale memory = null;
        double covered = 0;
        for (int i = 0; i < 45; i++) {
            RenderedFrame frame = i < 15 ? camera.frame(i) : camera.withBox(i, 0.05);
            float[] depth = network.estimate(frame);
            SteadyScale.Step step =
                    steady.next(
                            memory,
                            new ScaledFrame(
                                    "m",
                                    0,
                                    i * 33_333_333L,
                                    128,
                                    96,
                                    depth,
                                    frame.rgb(),
                                    new SurveyedScale(points, NEAR, FAR)));
            memory = step.memory();
            covered = Math.max(covered, step.scale().residual());
            assertThat(step.scale().basis()).isEqualTo(MetricBasis.SURVEYED);
            double wall = metres(depth[5 * 128 + 20], step.scale());
            assertThat(wall / truth(frame, 20, 5)).as("frame " + i).isCloseTo(1, within(0.04));
        }
        // The box is nearer than what it stands before, and the residual says so.
        assertThat(covered).isGreaterThan(0.3);
    }

    private static double truth(RenderedFrame frame, int column, int row) {
        return frame.depthMetres()[row * frame.width() + column];
    }

    /** 3 m on the left, 1.5 m on the right. */
    private static float[] planes(double gain, double offset) {
        float[] depth = new float[WIDTH * HEIGHT];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) (gain / (i % WIDTH < WIDTH / 2 ? 3 : 1.5) + offset);
        }
        return depth;
    }

    private static ScaledFrame frame(float[] depth, KnownPoints points) {
        return new ScaledFrame(
                "m",
                0,
                0,
                WIDTH,
                HEIGHT,
                depth,
                new byte[3 * depth.length],
                new SurveyedScale(points, NEAR, FAR));
    }

    private static double metres(float depth, FrameScale scale) {
        double n = (depth - scale.lo()) / (scale.hi() - scale.lo());
        return 1 / (n / NEAR + (1 - n) / FAR);
    }
}
