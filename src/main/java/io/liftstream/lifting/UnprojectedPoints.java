package io.liftstream.lifting;

import io.liftstream.image.RgbImage;
import java.util.Arrays;

/** The points of an image whose distances are known. */
final class UnprojectedPoints implements CloudPoints {
    private final RgbImage image;
    private final float[] metres;
    private final Unprojector unprojector;

    private int countedStride;
    private int[] rowCounts;

    /**
     * @param metres row-major distances of the image's pixels; not copied
     */
    UnprojectedPoints(RgbImage image, float[] metres, LiftingParameters parameters) {
        this.image = image;
        this.metres = metres;
        this.unprojector =
                new Unprojector(
                        parameters.intrinsics(), parameters.axes(), parameters.depthTrunc());
    }

    @Override
    public int count(int stride) {
        return Arrays.stream(countRows(stride)).sum();
    }

    @Override
    public void pack(int stride, byte[] target, int offset) {
        PackedPoints points = new PackedPoints(image.rgb(), target, offset);
        unprojector.unproject(metres, image.width(), stride, countRows(stride), points);
    }

    private int[] countRows(int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException("stride is " + stride + ": it must be at least 1");
        }
        // Asked for twice, to know the size and to pack.
        if (stride != countedStride) {
            rowCounts = unprojector.countRows(metres, image.width(), image.height(), stride);
            countedStride = stride;
        }
        return rowCounts;
    }
}
