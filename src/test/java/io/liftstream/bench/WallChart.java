package io.liftstream.bench;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.scale.CameraScale;
import io.liftstream.lifting.scale.ScaledFrame;
import io.liftstream.lifting.scale.SteadyScale;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import java.util.Arrays;

/**
 * The median distance of what stands still in the upper left of a camera's picture, frame by frame,
 * while a box stands before the camera from frame 20 to frame 50: red with each frame's own scale,
 * blue with the steady one. A grey line every metre, from 0.
 */
final class WallChart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 180;
    private static final int PIXELS_OF_A_METRE = 40;
    private static final int FRAMES = 70;
    private static final int RED = 0xd03030;
    private static final int BLUE = 0x2050c0;
    private static final int GREY = 0xdddddd;
    private static final int ACROSS = 256;
    private static final int DOWN = 192;
    private static final double NEAR = 0.5;
    private static final double FAR = 10;

    private final byte[] rgb = new byte[3 * WIDTH * HEIGHT];

    private WallChart() {
        Arrays.fill(rgb, (byte) 250);
        for (int metre = 0; metre * PIXELS_OF_A_METRE < HEIGHT; metre++) {
            for (int column = 0; column < WIDTH; column++) {
                dot(column, HEIGHT - 1 - metre * PIXELS_OF_A_METRE, GREY);
            }
        }
    }

    static WallChart of(DepthEstimation estimation) {
        WallChart chart = new WallChart();
        StillCamera camera = StillCamera.of(3, SceneFamily.ROOM, ACROSS, DOWN);
        SteadyScale steady = new SteadyScale(SteadyScaleSettings.DEFAULT);
        CameraScale memory = null;
        for (int i = 0; i < FRAMES; i++) {
            boolean passes = i >= 20 && i < 50;
            RenderedFrame frame = passes ? camera.withBox(i, 0.02 * (35 - i)) : camera.frame(i);
            DepthEstimationResult result = estimation.run(command(frame));
            float[] depth = result.depthMap();
            SteadyScale.Step step =
                    steady.next(
                            memory,
                            new ScaledFrame(
                                    "tiny",
                                    0,
                                    i * 33_333_333L,
                                    ACROSS,
                                    DOWN,
                                    depth,
                                    frame.rgb(),
                                    null));
            memory = step.memory();
            float[] corrected = depth.clone();
            if (step.correction() != null) {
                step.correction().apply(depth, corrected);
            }
            chart.mark(i, median(depth, result.minDepth(), result.maxDepth()), RED);
            chart.mark(i, median(corrected, step.scale().lo(), step.scale().hi()), BLUE);
        }
        return chart;
    }

    private static DepthEstimationCommand command(RenderedFrame frame) {
        return DepthEstimationCommand.ofImage(
                        ImageEncoder.png(new RgbImage(ACROSS, DOWN, frame.rgb())))
                .build();
    }

    private static double median(float[] depth, double lo, double hi) {
        double[] metres = new double[ACROSS / 4 * (DOWN / 4)];
        for (int i = 0; i < metres.length; i++) {
            float value = depth[i / (ACROSS / 4) * ACROSS + i % (ACROSS / 4)];
            double n = (value - lo) / (hi - lo);
            metres[i] = 1 / (n / NEAR + (1 - n) / FAR);
        }
        Arrays.sort(metres);
        return metres[metres.length / 2];
    }

    private void mark(int frame, double metres, int colour) {
        int row = HEIGHT - 1 - (int) Math.round(metres * PIXELS_OF_A_METRE);
        for (int i = 0; i < 16; i++) {
            dot(frame * WIDTH / FRAMES + i % 4, row + i / 4 - 1, colour);
        }
    }

    private void dot(int column, int row, int colour) {
        if (column < WIDTH && row >= 0 && row < HEIGHT) {
            int at = 3 * (row * WIDTH + column);
            rgb[at] = (byte) (colour >> 16);
            rgb[at + 1] = (byte) (colour >> 8);
            rgb[at + 2] = (byte) colour;
        }
    }

    RgbImage picture() {
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }
}
