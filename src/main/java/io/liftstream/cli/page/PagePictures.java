package io.liftstream.cli.page;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.DepthColours;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.ImageFormat;
import io.liftstream.image.ImageScaler;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimationResult;
import java.util.EnumSet;
import java.util.Set;

/** Pictures of the size that a page shows. Stateless. */
public final class PagePictures {

    private static final ImageDecoder IMAGES = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final Set<ImageFormat> FOR_BROWSERS =
            EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);
    private static final int SMALL_BYTES = 256 << 10;

    private PagePictures() {}

    /**
     * {@return a JPEG file of an image}
     *
     * @param image any image
     * @param longestSide columns or rows that the file has at most, pixels
     */
    public static byte[] of(RgbImage image, int longestSide) {
        return ImageEncoder.jpeg(ImageScaler.shrunk(image, longestSide));
    }

    /**
     * {@return the file itself where a browser can show it and it is small, else a JPEG file; null
     * where there is none or it cannot be decoded}
     *
     * @param encoded an image of any format that is lifted, or null
     * @param longestSide columns or rows that a new file has at most, pixels
     */
    public static byte[] ofFile(byte[] encoded, int longestSide) {
        if (encoded == null) {
            return null;
        }
        try {
            boolean shown = FOR_BROWSERS.contains(IMAGES.format(encoded));
            return shown && encoded.length <= SMALL_BYTES
                    ? encoded
                    : of(IMAGES.decode(encoded), longestSide);
        } catch (LiftingException e) {
            return null;
        }
    }

    /**
     * {@return a JPEG file of a result's depth in colours, near bright and far dark, or null where
     * the result has neither a depth map nor distances} What was not measured is black.
     *
     * @param result of any mapping
     * @param longestSide columns or rows that the file has at most, pixels
     */
    public static byte[] ofDepth(DepthEstimationResult result, int longestSide) {
        if (result.depthMap() == null) {
            return result.distances() == null
                    ? null
                    : ofDistances(result.distances(), result.width(), result.height(), longestSide);
        }
        if (result.depthMapping() == DepthMapping.METRIC) {
            return ofDistances(result.depthMap(), result.width(), result.height(), longestSide);
        }
        return of(
                DepthColours.of(
                        result.depthMap(),
                        result.width(),
                        result.height(),
                        result.minDepth(),
                        result.maxDepth()),
                longestSide);
    }

    /**
     * {@return a JPEG file of distances in colours, near bright and far dark} What was not measured
     * is black.
     *
     * @param metres row-major; 0, NaN and infinities where nothing was measured
     * @param width columns
     * @param height rows
     * @param longestSide columns or rows that the file has at most, pixels
     */
    public static byte[] ofDistances(float[] metres, int width, int height, int longestSide) {
        float near = Float.POSITIVE_INFINITY;
        float far = 0;
        for (float distance : metres) {
            if (distance > 0 && distance < Float.POSITIVE_INFINITY) {
                near = Math.min(near, distance);
                far = Math.max(far, distance);
            }
        }
        return of(DepthColours.of(nearness(metres), width, height, -far, -near), longestSide);
    }

    private static float[] nearness(float[] metres) {
        float[] values = new float[metres.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = metres[i] > 0 ? -metres[i] : Float.NaN;
        }
        return values;
    }
}
