package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Coloured points in metres, packed as the wire carries them: 16 bytes a point, little-endian x, y,
 * z as float32, then red, green, blue and alpha (255) as one byte each. That is the layout of a
 * Foxglove or ROS cloud with packed fields. Points are in the row-major order of their pixels.
 *
 * <p>The array is not copied; nobody writes to it once the cloud is made.
 *
 * @param data {@code 16 * count} bytes
 * @param axes the axis convention of the coordinates
 */
public record PointCloud(byte[] data, Axes axes) {
    /** Bytes from one point to the next. */
    public static final int POINT_BYTES = 16;

    static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Checks that the array holds whole points.
     *
     * @param data the points, in the layout above
     * @param axes which way they point
     */
    public PointCloud {
        if (data.length % POINT_BYTES != 0) {
            throw new IllegalArgumentException(
                    "point data of "
                            + data.length
                            + " bytes: a cloud is whole points of "
                            + POINT_BYTES
                            + " bytes");
        }
    }

    /** {@return the number of points} */
    public int count() {
        return data.length / POINT_BYTES;
    }

    /**
     * {@return the metres along the first axis, right}
     *
     * @param point from 0
     */
    public float x(int point) {
        return (float) FLOATS.get(data, point * POINT_BYTES);
    }

    /**
     * {@return the metres along the second axis: down for OPTICAL, up for OPENGL}
     *
     * @param point from 0
     */
    public float y(int point) {
        return (float) FLOATS.get(data, point * POINT_BYTES + 4);
    }

    /**
     * {@return the metres along the third axis: forward for OPTICAL, backward for OPENGL}
     *
     * @param point from 0
     */
    public float z(int point) {
        return (float) FLOATS.get(data, point * POINT_BYTES + 8);
    }

    /**
     * {@return red of the point's pixel, 0 to 255}
     *
     * @param point from 0
     */
    public int red(int point) {
        return data[point * POINT_BYTES + 12] & 0xff;
    }

    /**
     * {@return green of the point's pixel, 0 to 255}
     *
     * @param point from 0
     */
    public int green(int point) {
        return data[point * POINT_BYTES + 13] & 0xff;
    }

    /**
     * {@return blue of the point's pixel, 0 to 255}
     *
     * @param point from 0
     */
    public int blue(int point) {
        return data[point * POINT_BYTES + 14] & 0xff;
    }
}
