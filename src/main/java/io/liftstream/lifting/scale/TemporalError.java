package io.liftstream.lifting.scale;

/**
 * The temporal alignment error (TAE, Video Depth Anything) of a camera that stands still: by how
 * much distances of what did not move change from one frame to the next, the mean of both relative
 * changes, percent. A camera that stands still needs neither poses nor truth for it. Remembers the
 * camera's last frame; not thread safe.
 */
public final class TemporalError {
    private static final double PERCENT = 100;
    private static final int LEAST_SAMPLES = 50;

    private final Quantiles quantiles = new Quantiles();
    private DepthSamples before;

    /**
     * Takes the next frame of the camera.
     *
     * @param now its samples
     * @return the error against the frame before, percent; NaN for the first frame, and where the
     *     camera moved, the picture has another size or hardly anything stood still
     */
    public double next(DepthSamples now) {
        DepthSamples last = before;
        before = now;
        if (last == null || last.width() != now.width() || last.height() != now.height()) {
            return Double.NaN;
        }
        float[] still = new float[now.luma().length];
        boolean stands =
                StillCells.mark(
                        last.luma(),
                        now.luma(),
                        now.columns(),
                        still,
                        new float[still.length],
                        quantiles);
        return stands && !StillCells.isCut(last.luma(), now.luma())
                ? error(last.metres(), now.metres(), still)
                : Double.NaN;
    }

    private static double error(float[] last, float[] now, float[] still) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < now.length; i++) {
            if (still[i] == 1 && last[i] > 0 && now[i] > 0) {
                double change = Math.abs((double) now[i] - last[i]);
                sum += (change / last[i] + change / now[i]) / 2;
                count++;
            }
        }
        return count < LEAST_SAMPLES ? Double.NaN : PERCENT * sum / count;
    }
}
