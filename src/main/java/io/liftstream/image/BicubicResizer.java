package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Resizes a float32 map as torch's {@code interpolate(mode="bicubic", align_corners=False)} does:
 * Keys cubic with a = -0.75, no antialiasing, taps beyond the border repeat the border.
 *
 * <p>OpenCV's cubic resize is that same kernel; it differs from torch by rounding alone. The result
 * may overshoot the input's extremes.
 */
public final class BicubicResizer {
    private BicubicResizer() {}

    /**
     * Resizes a map.
     *
     * @param values row-major values, {@code height * width} of them from {@code offset}
     * @param offset index of the first value
     * @param height rows of the input, at least 1
     * @param width columns of the input, at least 1
     * @param toHeight rows of the result, at least 1
     * @param toWidth columns of the result, at least 1
     * @return {@code toHeight * toWidth} values, a new array
     */
    public static float[] resize(
            float[] values, int offset, int height, int width, int toHeight, int toWidth) {
        float[] resized = new float[Math.multiplyExact(toHeight, toWidth)];
        if (height == toHeight && width == toWidth) {
            System.arraycopy(values, offset, resized, 0, resized.length);
            return resized;
        }
        OpenCv.prepare();
        try (FloatPointer source = new FloatPointer((long) height * width);
                FloatPointer target = new FloatPointer((long) resized.length);
                Mat from = new Mat(height, width, CV_32FC1, source);
                Mat to = new Mat(toHeight, toWidth, CV_32FC1, target);
                Size size = new Size(toWidth, toHeight)) {
            source.put(values, offset, height * width);
            opencv_imgproc.resize(from, to, size, 0, 0, opencv_imgproc.INTER_CUBIC);
            target.get(resized);
        }
        return resized;
    }
}
