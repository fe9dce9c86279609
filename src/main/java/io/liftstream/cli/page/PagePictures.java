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
     * the result has no depth map} What was not measured is black.
     *
     * @param result of any mapping
     * @param longestSide columns or rows that the file has at most, pixels
     */
    public static byte[] ofDepth(DepthEstimationResult result, int longestSide) {
        if (result.depthMap() == null) {
            return null;
        }
        boolean distance = result.depthMapping() == DepthMapping.METRIC;
        RgbImage colours =
                DepthColours.of(
                        distance ? nearness(result) : result.depthMap(),
                        result.width(),
                        result.height(),
                        distance ? -result.maxDepth() : result.minDepth(),
                        distance ? -result.minDepth() : result.maxDepth());
        return of(colours, longestSide);
    }

    private static float[] nearness(DepthEstimationResult result) {
        float[] values = new float[result.depthMap().length];
        for (int i = 0; i < values.length; i++) {
            float metres = result.depthMap()[i];
            values[i] = metres > 0 ? -metres : Float.NaN;
        }
        return values;
    }
}
