package io.liftstream.lifting.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.scenes.DepthAccuracy;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled network on cameras that stand still, before which a box passes. */
class SteadyScaleVideoTest {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 192;
    private static final int FRAMES = 10;
    private static final double NEAR = 0.5;
    private static final double FAR = 10;

    @ParameterizedTest
    @CsvSource({"ROOM, 3", "ROOM, 4", "CORRIDOR, 5", "FURNITURE, 6", "CLUTTER, 7", "OUTDOOR, 8"})
    void steadyDistancesFlickerLessThanHalfAndAreNoLessTrue(SceneFamily family, long seed) {
        StillCamera camera = StillCamera.of(seed, family, WIDTH, HEIGHT);
        Video quiet = new Video();
        Video passing = new Video();
        try (DepthEstimation estimation = new DepthEstimation()) {
            for (int i = 0; i < FRAMES; i++) {
                quiet.add(camera.frame(i), estimation);
                boolean passes = i >= 3 && i < 7;
                RenderedFrame frame = passes ? camera.withBox(i, 0.1 * (i - 5)) : camera.frame(i);
                passing.add(frame, estimation);
            }
        }
        System.out.printf("%s: %s; box passes: %s%n", family, quiet, passing);
        assertThat(quiet.steadyError()).isLessThan(0.5 * quiet.frameError());
        assertThat(quiet.accuracy(quiet.steady)).isLessThan(1.01 * quiet.accuracy(quiet.frame));
        assertThat(passing.accuracy(passing.steady))
                .isLessThan(1.01 * passing.accuracy(passing.frame));
    }

    /** Inverse distances of a video, frame by frame scaled and steady, and the true distances. */
    private static final class Video {
        private final SteadyScale scale = new SteadyScale(SteadyScaleSettings.DEFAULT);
        private final List<float[]> frame = new ArrayList<>();
        private final List<float[]> steady = new ArrayList<>();
        private final List<float[]> truth = new ArrayList<>();
        private CameraScale memory;

        void add(RenderedFrame rendered, DepthEstimation estimation) {
            DepthEstimationResult result = estimation.run(command(rendered));
            float[] depth = result.depthMap();
            ScaledFrame scaled =
                    new ScaledFrame(
                            "tiny",
                            0,
                            truth.size() * 66_666_666L,
                            WIDTH,
                            HEIGHT,
                            depth,
                            rendered.rgb(),
                            null);
            SteadyScale.Step step = scale.next(memory, scaled);
            memory = step.memory();
            float[] corrected = depth.clone();
            if (step.correction() != null) {
                step.correction().apply(depth, corrected);
            }
            frame.add(inverse(depth, result.minDepth(), result.maxDepth()));
            steady.add(inverse(corrected, step.scale().lo(), step.scale().hi()));
            truth.add(rendered.depthMetres());
        }

        double frameError() {
            return temporalError(frame);
        }

        double steadyError() {
            return temporalError(steady);
        }

        /** One scale and shift for the whole video. */
        double accuracy(List<float[]> frames) {
            return DepthAccuracy.of(joined(frames), joined(truth)).absoluteRelativeError();
        }

        @Override
        public String toString() {
            return "TAE frame %.2f, steady %.2f (%.2f); AbsRel frame %.4f, steady %.4f"
                    .formatted(
                            frameError(),
                            steadyError(),
                            steadyError() / frameError(),
                            accuracy(frame),
                            accuracy(steady));
        }

        /**
         * TAE as Video Depth Anything defines it: 100 times the mean relative difference of one
         * frame's distance to the next's, both ways. A camera that stands still needs no warp; of
         * points that both clouds keep and that truly stood still.
         */
        private double temporalError(List<float[]> frames) {
            double sum = 0;
            for (int t = 1; t < frames.size(); t++) {
                double difference = 0;
                int pixels = 0;
                for (int i = 0; i < WIDTH * HEIGHT; i++) {
                    double before = 1 / frames.get(t - 1)[i];
                    double after = 1 / frames.get(t)[i];
                    boolean kept = before > 0 && after > 0 && before < FAR && after < FAR;
                    if (kept && truth.get(t - 1)[i] == truth.get(t)[i]) {
                        difference += Math.abs(before - after) * (1 / before + 1 / after);
                        pixels++;
                    }
                }
                sum += difference / pixels;
            }
            return 100 * sum / (2 * (frames.size() - 1));
        }
    }

    private static float[] inverse(float[] depth, double lo, double hi) {
        float[] inverse = new float[depth.length];
        for (int i = 0; i < depth.length; i++) {
            double n = (depth[i] - lo) / (hi - lo);
            inverse[i] = (float) (n / NEAR + (1 - n) / FAR);
        }
        return inverse;
    }

    private static float[] joined(List<float[]> frames) {
        float[] all = new float[frames.size() * WIDTH * HEIGHT];
        for (int i = 0; i < frames.size(); i++) {
            System.arraycopy(frames.get(i), 0, all, i * WIDTH * HEIGHT, WIDTH * HEIGHT);
        }
        return all;
    }

    private static DepthEstimationCommand command(RenderedFrame frame) {
        return DepthEstimationCommand.ofImage(
                        ImageEncoder.png(new RgbImage(WIDTH, HEIGHT, frame.rgb())))
                .build();
    }
}
