package io.liftstream.scenes;

import java.util.List;

/**
 * Two estimates that never see the picture: depth that grows evenly from the bottom row to the top,
 * and the mean inverse depth of the training scenes. A model that does not beat them only knows
 * where the floor usually is.
 */
final class PictureBlindBaselines {
    private static final long TRAINING_SEED = 1;
    private static final int SCENES = 900;
    private static final int COLUMNS = 32;
    private static final int ROWS = 24;

    private final int width;
    private final int height;
    private final float[] ramp;
    private final float[] mean;

    private PictureBlindBaselines(int width, int height, float[] small) {
        this.width = width;
        this.height = height;
        this.ramp = new float[width * height];
        this.mean = new float[width * height];
        for (int i = 0; i < ramp.length; i++) {
            int row = i / width;
            int column = i % width;
            ramp[i] = row;
            mean[i] = small[row * ROWS / height * COLUMNS + column * COLUMNS / width];
        }
    }

    /** Learns the mean from scenes of the training set, for pictures of this size. */
    static PictureBlindBaselines learn(int width, int height) {
        List<SceneFamily> families = SceneFamily.trainedFamilies();
        SceneDataSet training = new SceneDataSet(TRAINING_SEED, SCENES, COLUMNS, ROWS, families);
        float[] sum = new float[COLUMNS * ROWS];
        for (int index = 0; index < SCENES; index++) {
            float[] depth = training.render(index).depthMetres();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += 1 / depth[i];
            }
        }
        return new PictureBlindBaselines(width, height, sum);
    }

    /** The smaller AbsRel of the two on a set of pictures. */
    double bestAbsRel(List<RenderedFrame> frames) {
        return Math.min(absRel(frames, ramp), absRel(frames, mean));
    }

    private double absRel(List<RenderedFrame> frames, float[] estimate) {
        return frames.stream()
                .peek(frame -> requireSize(frame.width(), frame.height()))
                .mapToDouble(
                        frame ->
                                DepthAccuracy.of(estimate, frame.depthMetres())
                                        .absoluteRelativeError())
                .average()
                .orElseThrow();
    }

    private void requireSize(int frameWidth, int frameHeight) {
        if (frameWidth != width || frameHeight != height) {
            throw new IllegalArgumentException(
                    "a frame is "
                            + frameWidth
                            + "x"
                            + frameHeight
                            + ": must be "
                            + width
                            + "x"
                            + height);
        }
    }
}
