package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Encodes RGB images for people and for cameras that are rendered. Stateless. */
public final class ImageEncoder {
    /** Of the JPEG files made here, of 100. */
    public static final int JPEG_QUALITY = 92;

    private static final int PNG_COMPRESSION = 3;

    static {
        OpenCv.prepare();
    }

    private ImageEncoder() {}

    /**
     * {@return a JPEG file of {@link #JPEG_QUALITY}}
     *
     * @param image any image
     */
    public static byte[] jpeg(RgbImage image) {
        return encode(image, ".jpg", IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
    }

    /**
     * {@return a PNG file, 8 bits a channel}
     *
     * @param image any image
     */
    public static byte[] png(RgbImage image) {
        return encode(image, ".png", IMWRITE_PNG_COMPRESSION, PNG_COMPRESSION);
    }

    private static byte[] encode(RgbImage image, String extension, int... parameters) {
        try (BytePointer pixels = new BytePointer(image.rgb());
                Mat rgb = new Mat(image.height(), image.width(), CV_8UC3, pixels);
                Mat bgr = new Mat()) {
            cvtColor(rgb, bgr, COLOR_RGB2BGR);
            return encode(bgr, extension, parameters);
        }
    }

    /** A JPEG file of {@link #JPEG_QUALITY}; colours in OpenCV's order. */
    static byte[] jpeg(Mat pixels) {
        return encode(pixels, ".jpg", IMWRITE_JPEG_QUALITY, JPEG_QUALITY);
    }

    /** A PNG file of as many channels and bits; colours in OpenCV's order. */
    static byte[] png(Mat pixels) {
        return encode(pixels, ".png", IMWRITE_PNG_COMPRESSION, PNG_COMPRESSION);
    }

    private static byte[] encode(Mat pixels, String extension, int... parameters) {
        try (BytePointer file = new BytePointer();
                IntPointer options = new IntPointer(parameters)) {
            if (!imencode(extension, pixels, file, options)) {
                throw new IllegalStateException("OpenCV cannot write " + extension + " files");
            }
            byte[] bytes = new byte[(int) file.limit()];
            file.get(bytes);
            return bytes;
        }
    }
}
