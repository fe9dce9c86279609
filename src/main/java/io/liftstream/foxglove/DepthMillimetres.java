package io.liftstream.foxglove;

import io.liftstream.frame.Axes;
import io.liftstream.lifting.PixelDistances;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.calibration.Projection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The distance along the optical axis at each pixel, millimetres: the result's own, or else those
 * of its cloud as the camera sees it, so that both show the same whatever the mapping.
 */
final class DepthMillimetres {

    /** Bytes of a pixel: one little-endian uint16. */
    static final int PIXEL_BYTES = Short.BYTES;

    private static final VarHandle PIXELS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private DepthMillimetres() {}

    /**
     * Row-major pixels: 0 without a distance, and beyond what 16 bits hold.
     *
     * @param metres row-major; NaN where there is none
     */
    static byte[] of(float[] metres) {
        byte[] pixels = new byte[PIXEL_BYTES * metres.length];
        for (int i = 0; i < metres.length; i++) {
            PIXELS.set(pixels, PIXEL_BYTES * i, (short) PixelDistances.millimetres(metres[i]));
        }
        return pixels;
    }

    /**
     * Row-major pixels: 0 without a point, and beyond what 16 bits hold; the nearest of several
     * points.
     *
     * @param camera of the optical frame
     * @param width columns of the image, pixels
     * @param height rows of the image, pixels
     */
    static byte[] of(PointCloud cloud, Projection camera, int width, int height) {
        byte[] pixels = new byte[PIXEL_BYTES * width * height];
        float forward = cloud.axes() == Axes.OPENGL ? -1 : 1;
        for (int point = 0; point < cloud.count(); point++) {
            double z = cloud.z(point) * forward;
            int distance = PixelDistances.millimetres(z);
            camera.project(cloud.x(point), cloud.y(point) * forward, z);
            long column = camera.column();
            long row = camera.row();
            boolean visible = column >= 0 && column < width && row >= 0 && row < height;
            if (visible && distance > 0) {
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
