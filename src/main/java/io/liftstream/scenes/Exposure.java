package io.liftstream.scenes;

/** Turns light into an 8-bit picture as a camera does: blur, vignette, gain, tone curve, noise. */
final class Exposure {
    private static final int TONES = 4096;
    private static final double GAMMA = 1 / 2.2;
    private static final int BELL_MASK = 8191;
    private static final float[] BELL = bell();

    private final Lens lens;
    private final int width;
    private final int height;
    private final float[] tone = new float[TONES];
    private long noiseState;

    private Exposure(Lens lens, int width, int height, long noiseSeed) {
        this.lens = lens;
        this.width = width;
        this.height = height;
        this.noiseState = noiseSeed | 1;
        for (int i = 0; i < TONES; i++) {
            double encoded = Math.pow((i + 0.5) / TONES, GAMMA * lens.contrast());
            tone[i] = (float) (255 * encoded);
        }
    }

    /** Normally distributed values to draw from: faster than to make each anew. */
    private static float[] bell() {
        SceneRandom random = new SceneRandom(8191);
        float[] values = new float[BELL_MASK + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.normal(1);
        }
        return values;
    }

    static byte[] of(float[] radiance, Lens lens, int width, int height, long noiseSeed) {
        return new Exposure(lens, width, height, noiseSeed).develop(radiance);
    }

    private byte[] develop(float[] radiance) {
        float[] soft = blur(radiance);
        double gain = lens.brightness() / Math.max(1e-3, mean(soft));
        double[] tint = {
            gain * lens.tint().red(), gain * lens.tint().green(), gain * lens.tint().blue()
        };
        byte[] picture = new byte[soft.length];
        float strength = (float) (255 * lens.noise());
        double corner = width * width + (double) height * height;
        for (int row = 0; row < height; row++) {
            double below = 2.0 * row - height;
            for (int column = 0; column < width; column++) {
                double beside = 2.0 * column - width;
                double dim = 1 - lens.vignette() * (beside * beside + below * below) / corner;
                int at = 3 * (row * width + column);
                long word = nextWord();
                for (int channel = 0; channel < 3; channel++) {
                    float noise = strength * BELL[(int) (word >>> (20 * channel)) & BELL_MASK];
                    picture[at + channel] = expose(soft[at + channel] * tint[channel] * dim, noise);
                }
            }
        }
        return picture;
    }

    private byte expose(double light, float noise) {
        // Noise grows with the root of the light, so it is added on the encoded scale.
        int index = light < 1 ? (int) (light * (TONES - 1)) : TONES - 1;
        int level = (int) (tone[index] + noise + 0.5f);
        return (byte) (level < 0 ? 0 : Math.min(level, 255));
    }

    private long nextWord() {
        noiseState ^= noiseState << 13;
        noiseState ^= noiseState >>> 7;
        noiseState ^= noiseState << 17;
        return noiseState;
    }

    private static double mean(float[] light) {
        double sum = 0;
        for (float value : light) {
            // A lamp in the picture must not turn all else black.
            sum += Math.min(value, 1.5f);
        }
        return sum / light.length;
    }

    /** Three taps along the rows, then along the columns. */
    private float[] blur(float[] light) {
        float side = (float) (lens.blur() / 3);
        float[] across = new float[light.length];
        taps(light, across, 3, width, 3 * width, height, side);
        float[] both = new float[light.length];
        taps(across, both, 3 * width, height, 3, width, side);
        return both;
    }

    private static void taps(
            float[] from, float[] to, int step, int length, int lineStep, int lines, float side) {
        float middle = 1 - 2 * side;
        for (int line = 0; line < lines; line++) {
            for (int channel = 0; channel < 3; channel++) {
                int start = line * lineStep + channel;
                int end = start + (length - 1) * step;
                to[start] = (1 - side) * from[start] + side * from[start + step];
                to[end] = (1 - side) * from[end] + side * from[end - step];
                for (int i = start + step; i < end; i += step) {
                    to[i] = middle * from[i] + side * (from[i - step] + from[i + step]);
                }
            }
        }
    }
}
