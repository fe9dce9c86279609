package io.liftstream.image;

import java.util.Arrays;

/**
 * How a network wants its pixels: {@code (value / 255 - mean) / std} per channel, red first, one
 * plane per channel (NCHW).
 */
public final class TensorFormat {
    /** The statistics of ImageNet, which Depth Anything and most backbones were trained with. */
    public static final TensorFormat IMAGENET =
            new TensorFormat(
                    new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

    private final float[] mean;
    private final float[] std;

    /**
     * @param mean mean of red, green and blue, each value scaled to [0, 1]
     * @param std standard deviation of red, green and blue, positive
     */
    public TensorFormat(float[] mean, float[] std) {
        if (mean.length != 3 || std.length != 3) {
            throw new IllegalArgumentException(
                    "mean has "
                            + mean.length
                            + " and std "
                            + std.length
                            + " values: each needs one for red, green and blue");
        }
        for (int channel = 0; channel < 3; channel++) {
            if (!Float.isFinite(mean[channel])
                    || !(std[channel] > 0)
                    || !Float.isFinite(std[channel])) {
                throw new IllegalArgumentException(
                        "mean is "
                                + Arrays.toString(mean)
                                + " and std "
                                + Arrays.toString(std)
                                + ": all must be finite and each std positive");
            }
        }
        this.mean = mean.clone();
        this.std = std.clone();
    }

    /** {@return mean of red, green and blue, values scaled to [0, 1]; a copy} */
    public float[] mean() {
        return mean.clone();
    }

    /** {@return standard deviation of red, green and blue, values scaled to [0, 1]; a copy} */
    public float[] std() {
        return std.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorFormat that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "TensorFormat[mean=" + Arrays.toString(mean) + ", std=" + Arrays.toString(std) + "]";
    }
}
