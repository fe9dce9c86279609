package io.liftstream.lifting;

/**
 * The points of a cloud before they are packed: their number is known without packing one, and they
 * are packed straight to where they are needed. Valid until the next image is lifted.
 */
public interface CloudPoints {

    /**
     * {@return the number of points of every {@code stride}-th row and column}
     *
     * @param stride at least 1, which keeps every row and column
     */
    int count(int stride);

    /**
     * Packs points as {@link PointCloud} lays them out.
     *
     * @param stride as for {@link #count}
     * @param target takes {@link PointCloud#POINT_BYTES} bytes for each point
     * @param offset where the first point begins
     */
    void pack(int stride, byte[] target, int offset);
}
