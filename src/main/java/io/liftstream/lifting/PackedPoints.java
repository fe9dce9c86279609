package io.liftstream.lifting;

/** Packs points and the colours of their pixels into a cloud's bytes. */
final class PackedPoints implements PointSink {
    private static final byte OPAQUE = (byte) 255;

    private final byte[] rgb;
    private final byte[] data;
    private int position;

    /**
     * @param rgb the image's interleaved pixels
     * @param count number of points that will come
     */
    PackedPoints(byte[] rgb, int count) {
        this.rgb = rgb;
        this.data = new byte[Math.multiplyExact(count, PointCloud.POINT_BYTES)];
    }

    @Override
    public void add(int pixel, double x, double y, double z) {
        PointCloud.FLOATS.set(data, position, (float) x);
        PointCloud.FLOATS.set(data, position + 4, (float) y);
        PointCloud.FLOATS.set(data, position + 8, (float) z);
        data[position + 12] = rgb[3 * pixel];
        data[position + 13] = rgb[3 * pixel + 1];
        data[position + 14] = rgb[3 * pixel + 2];
        data[position + 15] = OPAQUE;
        position += PointCloud.POINT_BYTES;
    }

    /** The bytes of all points. */
    byte[] data() {
        return data;
    }
}
