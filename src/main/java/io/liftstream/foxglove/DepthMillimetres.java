package io.liftstream.foxglove;

import io.liftstream.frame.Axes;
import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.PointCloud;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cloud as its camera sees it: the distance along the optical axis at the pixel of each point, in
 * millimetres. The metres are the cloud's own, so that both show the same whatever the mapping.
 */
final class DepthMillimetres {

    /** Bytes of a pixel: one little-endian uint16. */
    static final int PIXEL_BYTES = Short.BYTES;

    private static final VarHandle PIXELS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MILLIMETRES_PER_METRE = 1000;
    private static final int LARGEST = 65535;

    private DepthMillimetres() {}

    /**
     * Row-major pixels: 0 without a point, and beyond what 16 bits hold; the nearest of several
     * points.
     *
     * @param width columns of the image, pixels
     * @param height rows of the image, pixels
     */
    static byte[] of(PointCloud cloud, Intrinsics camera, int width, int height) {
        byte[] pixels = new byte[PIXEL_BYTES * width * height];
        float forward = cloud.axes() == Axes.OPENGL ? -1 : 1;
        for (int point = 0; point < cloud.count(); point++) {
            double z = cloud.z(point) * forward;
            long column = Math.round(camera.fx() * cloud.x(point) / z + camera.cx());
            long row = Math.round(camera.fy() * cloud.y(point) * forward / z + camera.cy());
            long distance = Math.max(1, Math.round(z * MILLIMETRES_PER_METRE));
            boolean visible = column >= 0 && column < width && row >= 0 && row < height;
            if (z > 0 && visible && distance <= LARGEST) {
                int pixel = PIXEL_BYTES * (int) (row * width + column);
                int before = Short.toUnsignedInt((short) PIXELS.get(pixels, pixel));
                if (before == 0 || distance < before) {
                    PIXELS.set(pixels, pixel, (short) distance);
                }
            }
        }
        return pixels;
    }
}
