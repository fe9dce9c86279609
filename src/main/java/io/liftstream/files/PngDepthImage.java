package io.liftstream.files;

import static org.bytedeco.opencv.global.opencv_core.CV_16UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_PNG_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.liftstream.image.Grey16Image;
import io.liftstream.image.ImageDecoder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes and reads depth images, and a sensor's raw depth, as 16-bit grey PNG files. */
public final class PngDepthImage {
    /** Depth images are noise in their low bits: a higher level costs time and saves little. */
    private static final int COMPRESSION_LEVEL = 1;

    private PngDepthImage() {}

    /**
     * {@return the bytes of a PNG file}
     *
     * @param values row-major, each short unsigned, {@code width * height} of them
     * @param width columns, at least 1
     * @param height rows, at least 1
     */
    public static byte[] encode(short[] values, int width, int height) {
        if (width < 1 || height < 1 || (long) width * height != values.length) {
            throw new IllegalArgumentException(
                    "a depth image of "
                            + width
                            + " x "
                            + height
                            + " pixels cannot have "
                            + values.length
                            + " values");
        }
        try (ShortPointer pixels = new ShortPointer(values);
                Mat image = new Mat(height, width, CV_16UC1, pixels);
                IntPointer parameters = new IntPointer(IMWRITE_PNG_COMPRESSION, COMPRESSION_LEVEL);
                BytePointer file = new BytePointer()) {
            if (!imencode(".png", image, file, parameters)) {
                throw new IllegalStateException(
                        "OpenCV cannot encode a PNG of " + width + " x " + height + " pixels");
            }
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }

    /**
     * Reads a PNG file of one 16-bit grey channel.
     *
     * @param file the bytes of a PNG file
     * @return its values, unsigned
     * @throws io.liftstream.frame.LiftingException UNREADABLE_IMAGE for any other bytes
     */
    public static Grey16Image decode(byte[] file) {
        return new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS).decodeGrey16(file);
    }
}
