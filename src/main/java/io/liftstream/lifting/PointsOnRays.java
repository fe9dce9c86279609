package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.calibration.RayTable;

/** The points of an image that was seen through a lens; pixels without a ray have none. */
final class PointsOnRays implements CloudPoints {
    private final RgbImage image;
    private final float[] metres;
    private final RayTable rays;
    private final double upSign;
    private final float end;

    /**
     * @param metres row-major distances of the image's pixels; not copied
     */
    PointsOnRays(RgbImage image, float[] metres, RayTable rays, LiftingParameters parameters) {
        this.image = image;
        this.metres = metres;
        this.rays = rays;
        this.upSign = parameters.axes() == Axes.OPENGL ? -1 : 1;
        this.end = Unprojector.end(parameters.depthTrunc());
    }

    @Override
    public int count(int stride) {
        int[] count = {0};
        forEach(stride, (pixel, x, y, z) -> count[0]++);
        return count[0];
    }

    @Override
    public void pack(int stride, byte[] target, int offset) {
        forEach(stride, new PackedPoints(image.rgb(), target, offset));
    }

    private void forEach(int stride, PointSink sink) {
        if (stride < 1) {
            throw new IllegalArgumentException("stride is " + stride + ": it must be at least 1");
        }
        for (int row = 0; row < image.height(); row += stride) {
            for (int column = 0; column < image.width(); column += stride) {
                int pixel = row * image.width() + column;
                double z = metres[pixel];
                double x = rays.x(column, row) * z;
                if (z > 0 && z < end && !Double.isNaN(x)) {
                    sink.add(pixel, x, upSign * rays.y(column, row) * z, upSign * z);
                }
            }
        }
    }
}
