package io.liftstream.scenes;

/** Turns light into an 8-bit picture as a camera does: blur, vignette, gain, tone curve, noise. */
final class Exposure {
    private static final int TONES = 4096;
    private static final double GAMMA = 1 / 2.2;

    private final Lens lens;
    private final int width;
    private final int height;
    private final byte[] tone = new byte[TONES];
    private long noiseState;

    private Exposure(Lens lens, int width, int height, long noiseSeed) {
        this.lens = lens;
        this.width = width;
        this.height = height;
        this.noiseState = noiseSeed | 1;
        for (int i = 0; i < TONES; i++) {
            double encoded = Math.pow((i + 0.5) / TONES, GAMMA * lens.contrast());
            tone[i] = (byte) (int) Math.round(255 * encoded);
        }
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
        double corner = width * width + (double) height * height;
        for (int row = 0; row < height; row++) {
            double below = 2.0 * row - height;
            for (int column = 0; column < width; column++) {
                double beside = 2.0 * column - width;
                double dim = 1 - lens.vignette() * (beside * beside + below * below) / corner;
                int at = 3 * (row * width + column);
                for (int channel = 0; channel < 3; channel++) {
                    picture[at + channel] = expose(soft[at + channel] * tint[channel] * dim);
                }
            }
        }
        return picture;
    }

    private byte expose(double light) {
        // Noise grows with the root of the light, so it is added on the encoded scale.
        int index = (int) (Math.min(light, 1) * (TONES - 1));
        double level = (tone[index] & 0xff) + 255 * lens.noise() * bell();
        return (byte) (int) Math.max(0, Math.min(255, Math.round(level)));
    }

    /** Roughly normal: the sum of the four 16-bit parts of one random word. */
    private double bell() {
        noiseState ^= noiseState << 13;
        noiseState ^= noiseState >>> 7;
        noiseState ^= noiseState << 17;
        long word = noiseState;
        long sum =
                (word & 0xffff) + (word >>> 16 & 0xffff) + (word >>> 32 & 0xffff) + (word >>> 48);
        return (sum / 65536.0 - 2) * 1.732;
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
                for (int i = start; i <= end; i += step) {
                    float before = from[Math.max(start, i - step)];
                    float after = from[Math.min(end, i + step)];
                    to[i] = middle * from[i] + side * (before + after);
                }
            }
        }
    }
}
