package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, PNG, WebP, BMP, TIFF and GIF (first frame) into RGB, as vizion3d's image library
 * does: grey is repeated in each channel, alpha is dropped and not blended, EXIF orientation is not
 * applied, 16-bit grey is clipped at 255 and 16-bit colour keeps its high byte.
 *
 * <p>The first bytes must be those of one of the six formats and the header's size must be allowed
 * before OpenCV sees the file. Keeps nothing between calls; safe for several threads.
 */
public final class ImageDecoder {
    /** The largest image unless the caller says otherwise, pixels. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /** An array of three bytes for each of these has an int's length. */
    private static final long LARGEST_MAX_PIXELS = 700_000_000;

    private final long maxPixels;

    /**
     * @param maxPixels images whose header says more are refused; from 1 to 700 million
     */
    public ImageDecoder(long maxPixels) {
        if (maxPixels < 1 || maxPixels > LARGEST_MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "image.max-pixels is "
                            + maxPixels
                            + ": it must be from 1 to "
                            + LARGEST_MAX_PIXELS);
        }
        this.maxPixels = maxPixels;
    }

    /**
     * Decodes an image.
     *
     * @throws LiftingException UNREADABLE_IMAGE for bytes that are no whole image of a known
     *     format, IMAGE_TOO_LARGE for more pixels than allowed
     */
    public RgbImage decode(byte[] encoded) {
        ImageHeader header = ImageHeader.read(encoded);
        requireAllowed(header);
        OpenCv.prepare();
        EncodedBytes bytes = new EncodedBytes(encoded);
        try (BytePointer pointer = new BytePointer(encoded);
                Mat file = new Mat(1, encoded.length, opencv_core.CV_8UC1, pointer);
                Mat pixels = decodePixels(header.format(), bytes, file)) {
            return copy(pixels, header, bytes);
        } catch (LiftingException e) {
            throw e;
        } catch (RuntimeException e) {
            // JavaCPP turns OpenCV's exceptions into these.
            throw damaged(header, bytes, e);
        }
    }

    private static Mat decodePixels(ImageFormat format, EncodedBytes bytes, Mat file) {
        if (format == ImageFormat.PNG && PngStructure.isGrey16(bytes)) {
            return decodeGrey16(file);
        }
        return imdecode(file, IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION);
    }

    private static Mat decodeGrey16(Mat file) {
        Mat rgb = new Mat();
        try (Mat grey = imdecode(file, IMREAD_GRAYSCALE | IMREAD_ANYDEPTH);
                Mat clipped = new Mat()) {
            if (!grey.empty()) {
                // The conversion saturates: above 255 becomes 255.
                grey.convertTo(clipped, opencv_core.CV_8U);
                opencv_imgproc.cvtColor(clipped, rgb, opencv_imgproc.COLOR_GRAY2RGB);
            }
        }
        return rgb;
    }

    private RgbImage copy(Mat pixels, ImageHeader header, EncodedBytes bytes) {
        if (pixels.empty()
                || pixels.type() != CV_8UC3
                || pixels.cols() != header.width()
                || pixels.rows() != header.height()) {
            throw damaged(header, bytes, null);
        }
        byte[] rgb = new byte[3 * pixels.cols() * pixels.rows()];
        pixels.data().get(rgb);
        return new RgbImage(pixels.cols(), pixels.rows(), rgb);
    }

    private void requireAllowed(ImageHeader header) {
        if (header.width() > maxPixels / header.height()) {
            throw new LiftingException(
                    RejectionReason.IMAGE_TOO_LARGE,
                    "image_input size",
                    header.width() + " x " + header.height(),
                    "may have at most " + maxPixels + " pixels (image.max-pixels)");
        }
    }

    private static LiftingException damaged(
            ImageHeader header, EncodedBytes bytes, Exception cause) {
        return bytes.unreadable(
                "begins like a "
                        + header.format()
                        + " but cannot be decoded; the file is damaged or of an unusual kind",
                cause);
    }
}
