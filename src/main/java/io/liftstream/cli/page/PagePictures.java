package io.liftstream.cli.page;

import io.liftstream.frame.DepthMapping;
import io.liftstream.image.DepthColours;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.ImageScaler;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimationResult;

/** Pictures of the size that a page shows, as JPEG files. Stateless. */
public final class PagePictures {

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
