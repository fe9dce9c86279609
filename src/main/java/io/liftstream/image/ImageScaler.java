package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes images smaller for people's eyes and for results smaller than their picture; networks get
 * theirs from {@link Tensorizer}. Stateless.
 */
public final class ImageScaler {

    static {
        OpenCv.prepare();
    }

    private ImageScaler() {}

    /**
     * {@return the image itself, or a smaller one of the same aspect, each pixel the mean of those
     * it covers}
     *
     * @param image any image
     * @param longestSide most columns and rows of the result, pixels, at least 1
     */
    public static RgbImage shrunk(RgbImage image, int longestSide) {
        int longest = Math.max(image.width(), image.height());
        if (longest <= longestSide) {
            return image;
        }
        int width = Math.max(1, Math.round(image.width() * (float) longestSide / longest));
        int height = Math.max(1, Math.round(image.height() * (float) longestSide / longest));
        return scaled(image, new ImageSize(width, height));
    }

    /**
     * {@return the image at another size, each pixel the mean of those it covers}
     *
     * @param image any image
     * @param to the size, at least 1 x 1; where it is not the image's shape, pixels are no squares
     */
    public static RgbImage scaled(RgbImage image, ImageSize to) {
        byte[] rgb = new byte[3 * to.width() * to.height()];
        try (BytePointer pixels = new BytePointer(image.rgb());
                Mat source = new Mat(image.height(), image.width(), CV_8UC3, pixels);
                Mat target = new Mat();
                Size size = new Size(to.width(), to.height())) {
            resize(source, target, size, 0, 0, INTER_AREA);
            target.data().get(rgb);
        }
        return new RgbImage(to.width(), to.height(), rgb);
    }
}
