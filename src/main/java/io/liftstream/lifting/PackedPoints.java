package io.liftstream.lifting;

/** Packs points and the colours of their pixels into a cloud's bytes. */
final class PackedPoints implements PointSink {
    private static final int OPAQUE = 255 << 24;

    private final byte[] rgb;
    private final byte[] data;
    private int position;

    /**
     * @param rgb the image's interleaved pixels
     * @param data takes the points
     * @param position where the first begins
     */
    PackedPoints(byte[] rgb, byte[] data, int position) {
        this.rgb = rgb;
        this.data = data;
        this.position = position;
    }

    @Override
    public void add(int pixel, double x, double y, double z) {
        PointCloud.FLOATS.set(data, position, (float) x);
        PointCloud.FLOATS.set(data, position + 4, (float) y);
        PointCloud.FLOATS.set(data, position + 8, (float) z);
        PointCloud.INTS.set(data, position + 12, colour(pixel) | OPAQUE);
        position += PointCloud.POINT_BYTES;
    }

    private int colour(int pixel) {
        if (pixel == 0) {
            return (rgb[0] & 0xff) | (rgb[1] & 0xff) << 8 | (rgb[2] & 0xff) << 16;
        }
        // The byte before the pixel is read along and shifted out: one load instead of three.
        return (int) PointCloud.INTS.get(rgb, 3 * pixel - 1) >>> 8;
    }
}
