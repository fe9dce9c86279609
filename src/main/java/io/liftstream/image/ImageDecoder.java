package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, PNG, WebP, BMP, TIFF and GIF (first frame) into RGB, as vizion3d's image library
 * does: grey is repeated in each channel, alpha is dropped and not blended, and 16-bit colour keeps
 * its high byte. EXIF orientation is not applied unless {@link #upright} asks for it; 16-bit grey
 * becomes 8 bits by a {@link Grey16Range}, each picture's own unless {@link #withGrey16Range} says
 * otherwise.
 *
 * <p>The first bytes must be those of one of the six formats and the header's size must be allowed
 * before OpenCV sees the file. Keeps nothing between calls; safe for several threads.
 */
public final class ImageDecoder {
    /** The largest image unless the caller says otherwise, pixels. */
    public static final long DEFAULT_MAX_PIXELS = 50_000_000;

    /** An array of three bytes for each of these has an int's length. */
    private static final long MAX_MAX_PIXELS = 700_000_000;

    private static final int COLOUR = IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION;
    private static final int GREY_16 = IMREAD_GRAYSCALE | IMREAD_ANYDEPTH;

    private static final long PIXELS_PER_MEGAPIXEL = 1_000_000;

    private final long maxPixels;
    private final String option;
    private final Grey16Range grey16Range;
    private final boolean upright;

    /**
     * A decoder that takes 16-bit grey by each picture's own range, and pixels as they are stored.
     *
     * @param maxPixels images whose header says more are refused; from 1 to 700 million
     */
    public ImageDecoder(long maxPixels) {
        this(requireAllowed(maxPixels), null, Grey16Range.auto(), false);
    }

    private ImageDecoder(long maxPixels, String option, Grey16Range grey16Range, boolean upright) {
        this.maxPixels = maxPixels;
        this.option = option;
        this.grey16Range = grey16Range;
        this.upright = upright;
    }

    private static long requireAllowed(long maxPixels) {
        if (maxPixels < 1 || maxPixels > MAX_MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "the largest image has "
                            + maxPixels
                            + " pixels: it must be from 1 to "
                            + MAX_MAX_PIXELS);
        }
        return maxPixels;
    }

    /**
     * {@return a decoder whose refusals of large images name the option that allows them}
     *
     * @param name of the option that gave the largest size, as users write it
     */
    public ImageDecoder limitedBy(String name) {
        return new ImageDecoder(maxPixels, name, grey16Range, upright);
    }

    /**
     * {@return a decoder that differs in how 16-bit grey becomes 8 bits}
     *
     * @param range which values become black and white
     */
    public ImageDecoder withGrey16Range(Grey16Range range) {
        return new ImageDecoder(maxPixels, option, range, upright);
    }

    /** {@return a decoder that turns pictures as their EXIF orientation says} */
    public ImageDecoder upright() {
        return new ImageDecoder(maxPixels, option, grey16Range, true);
    }

    /**
     * Decodes an image.
     *
     * @param encoded a JPEG, PNG, WebP, BMP, TIFF or GIF file
     * @return its pixels, RGB
     * @throws LiftingException UNREADABLE_IMAGE for bytes that are no whole image of a known
     *     format, IMAGE_TOO_LARGE for more pixels than allowed
     */
    public RgbImage decode(byte[] encoded) {
        ImageHeader header = allowedHeader(encoded);
        EncodedBytes bytes = new EncodedBytes(encoded);
        byte[] whole = header.format().requireWhole(bytes);
        boolean grey = header.format().isGrey16(bytes);
        Orientation turn = upright ? header.format().orientation(bytes) : Orientation.UPRIGHT;
        try (Mat stored = read(whole, grey ? GREY_16 : COLOUR)) {
            requirePixels(stored, grey ? CV_16UC1 : CV_8UC3, header, encoded);
            if (grey && header.format().whiteIsZero(bytes)) {
                // OpenCV does this itself for 8 bits alone.
                bitwise_not(stored, stored);
            }
            if (turn == Orientation.UPRIGHT) {
                return grey ? grey16Range.rgb(grey16(stored)) : rgb(stored);
            }
            try (Mat turned = turn.upright(stored)) {
                return grey ? grey16Range.rgb(grey16(turned)) : rgb(turned);
            }
        } catch (LiftingException e) {
            throw e;
        } catch (RuntimeException e) {
            // JavaCPP turns OpenCV's exceptions into these.
            throw damaged(header, encoded, e);
        }
    }

    /**
     * Tells the size of an image by its header.
     *
     * @param encoded a JPEG, PNG, WebP, BMP, TIFF or GIF file, or as much of its beginning as holds
     *     its header
     * @return the size of what {@link #decode} makes of it, as it is stored
     * @throws LiftingException UNREADABLE_IMAGE for bytes without such a header, IMAGE_TOO_LARGE
     *     for more pixels than allowed
     */
    public ImageSize size(byte[] encoded) {
        ImageHeader header = allowedHeader(encoded);
        return new ImageSize((int) header.width(), (int) header.height());
    }

    /**
     * Tells what EXIF says is to be done with the stored pixels. A TIFF's own orientation is part
     * of its format and always applied.
     *
     * @param encoded a JPEG, PNG, WebP, BMP, TIFF or GIF file
     * @return what {@link #upright} decoders do with it
     * @throws LiftingException as {@link #decode} does for what its header shows
     */
    public Orientation orientation(byte[] encoded) {
        return allowedHeader(encoded).format().orientation(new EncodedBytes(encoded));
    }

    /**
     * Makes a file whose pixels stand upright, for readers that do not look at EXIF.
     *
     * @param encoded a JPEG, PNG, WebP, BMP, TIFF or GIF file
     * @return the file itself where they do already; else a JPEG of {@link
     *     ImageEncoder#JPEG_QUALITY} of a JPEG, and a PNG of as many bits of another file
     * @throws LiftingException as {@link #decode} does
     */
    public byte[] turnedUpright(byte[] encoded) {
        ImageHeader header = allowedHeader(encoded);
        EncodedBytes bytes = new EncodedBytes(encoded);
        byte[] whole = header.format().requireWhole(bytes);
        Orientation turn = header.format().orientation(bytes);
        if (turn == Orientation.UPRIGHT) {
            return encoded;
        }
        try (Mat stored = read(whole, IMREAD_UNCHANGED)) {
            requirePixels(stored, stored.type(), header, encoded);
            try (Mat turned = turn.upright(stored)) {
                return header.format() == ImageFormat.JPEG
                        ? ImageEncoder.jpeg(turned)
                        : ImageEncoder.png(turned);
            }
        } catch (LiftingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(header, encoded, e);
        }
    }

    /**
     * Tells which format a whole image is of; the pixels are not decoded.
     *
     * @param encoded a JPEG, PNG, WebP, BMP, TIFF or GIF file
     * @return which of them it is
     * @throws LiftingException as {@link #requireWhole} does
     */
    public ImageFormat format(byte[] encoded) {
        ImageFormat format = allowedHeader(encoded).format();
        format.requireWhole(new EncodedBytes(encoded));
        return format;
    }

    /**
     * Refuses what {@link #decode} would refuse, as far as that can be told without making pixels:
     * all that is wrong with a JPEG or PNG, and for other formats whether the file is all there.
     *
     * @param encoded a JPEG, PNG, WebP, BMP, TIFF or GIF file
     * @throws LiftingException UNREADABLE_IMAGE for bytes that are no whole image of a known
     *     format, IMAGE_TOO_LARGE for more pixels than allowed
     */
    public void requireWhole(byte[] encoded) {
        format(encoded);
    }

    /**
     * Decodes a 16-bit grey PNG without loss: a depth sensor's values, or a depth image.
     *
     * @param encoded a PNG file
     * @return its values, unsigned
     * @throws LiftingException UNREADABLE_IMAGE for bytes that are not one, IMAGE_TOO_LARGE for
     *     more pixels than allowed
     */
    public Grey16Image decodeGrey16(byte[] encoded) {
        ImageHeader header = allowedHeader(encoded);
        EncodedBytes bytes = new EncodedBytes(encoded);
        if (header.format() != ImageFormat.PNG || !PngStructure.isGrey16(bytes)) {
            throw bytes.unreadable("must be a PNG of one 16-bit grey channel");
        }
        byte[] whole = header.format().requireWhole(bytes);
        try (Mat grey = read(whole, GREY_16)) {
            requirePixels(grey, CV_16UC1, header, encoded);
            return grey16(grey);
        } catch (LiftingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(header, encoded, e);
        }
    }

    /**
     * Decodes a depth map that is stored as a picture, without loss: a PNG of 16 bits, or a TIFF of
     * unsigned 16-bit integers or of floats. Doubles are rounded to the nearest float.
     *
     * @param encoded a PNG or TIFF file of one channel
     * @return its values
     * @throws LiftingException UNREADABLE_IMAGE for bytes that are not one, IMAGE_TOO_LARGE for
     *     more pixels than allowed
     */
    public GreyImage decodeDepth(byte[] encoded) {
        ImageHeader header = allowedHeader(encoded);
        if (header.format() != ImageFormat.TIFF) {
            return decodeGrey16(encoded);
        }
        EncodedBytes bytes = new EncodedBytes(encoded);
        if (!TiffStructure.isDepthMap(bytes)) {
            throw bytes.unreadable(
                    "must be a TIFF of one channel, of unsigned 16-bit integers or floats");
        }
        byte[] whole = header.format().requireWhole(bytes);
        try (Mat pixels = read(whole, IMREAD_UNCHANGED);
                Mat floats = new Mat()) {
            if (TiffStructure.isGrey16(bytes)) {
                requirePixels(pixels, CV_16UC1, header, encoded);
                return grey16(pixels);
            }
            pixels.convertTo(floats, CV_32FC1);
            requirePixels(floats, CV_32FC1, header, encoded);
            float[] values = new float[floats.cols() * floats.rows()];
            new FloatPointer(floats.data()).get(values);
            return new GreyFloatImage(floats.cols(), floats.rows(), values);
        } catch (LiftingException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(header, encoded, e);
        }
    }

    private static Grey16Image grey16(Mat grey) {
        short[] values = new short[grey.cols() * grey.rows()];
        new ShortPointer(grey.data()).get(values);
        return new Grey16Image(grey.cols(), grey.rows(), values);
    }

    private static Mat read(byte[] encoded, int flags) {
        OpenCv.prepare();
        try (BytePointer pointer = new BytePointer(encoded);
                Mat file = new Mat(1, encoded.length, CV_8UC1, pointer)) {
            return imdecode(file, flags);
        }
    }

    private static RgbImage rgb(Mat colour) {
        byte[] rgb = new byte[3 * colour.cols() * colour.rows()];
        colour.data().get(rgb);
        return new RgbImage(colour.cols(), colour.rows(), rgb);
    }

    private static void requirePixels(Mat pixels, int type, ImageHeader header, byte[] encoded) {
        if (pixels.empty()
                || pixels.type() != type
                || pixels.cols() != header.width()
                || pixels.rows() != header.height()) {
            throw damaged(header, encoded, null);
        }
    }

    private ImageHeader allowedHeader(byte[] encoded) {
        ImageHeader header = ImageHeader.read(new EncodedBytes(encoded));
        requireAllowed(header);
        return header;
    }

    private void requireAllowed(ImageHeader header) {
        if (header.width() > maxPixels / header.height()) {
            throw new LiftingException(
                    RejectionReason.IMAGE_TOO_LARGE,
                    "image_input",
                    header.width()
                            + " x "
                            + header.height()
                            + " pixels ("
                            + pixels(1L * header.width() * header.height(), RoundingMode.UP)
                            + ")",
                    "at most "
                            + pixels(maxPixels, RoundingMode.DOWN)
                            + (option == null ? "" : " (" + option + ")")
                            + " can be lifted; make it smaller");
        }
    }

    private static String pixels(long count, RoundingMode rounding) {
        if (count < PIXELS_PER_MEGAPIXEL) {
            return count + " pixels";
        }
        BigDecimal millions =
                BigDecimal.valueOf(count)
                        .divide(BigDecimal.valueOf(PIXELS_PER_MEGAPIXEL), 1, rounding);
        return millions.stripTrailingZeros().toPlainString() + " megapixels";
    }

    private static LiftingException damaged(ImageHeader header, byte[] encoded, Exception cause) {
        return new EncodedBytes(encoded)
                .unreadable(
                        "it begins like a "
                                + header.format()
                                + " but cannot be decoded; the file is damaged or of an unusual kind",
                        cause);
    }
}
