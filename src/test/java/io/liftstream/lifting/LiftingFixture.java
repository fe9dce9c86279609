package io.liftstream.lifting;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Commands and images for tests that lift supplied depth. */
public final class LiftingFixture {
    private LiftingFixture() {}

    /** A PNG whose pixels differ: red counts columns, green rows. */
    public static byte[] png(int width, int height) {
        return png(width, height, (x, y) -> (x & 0xff) << 16 | (y & 0xff) << 8 | 77);
    }

    /** A PNG whose pixels (0xRRGGBB) follow from column and row. */
    public static byte[] png(int width, int height, IntBinaryOperator colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.applyAsInt(x, y));
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** A configuration with a mapping and nothing else. */
    public static DepthEstimationAdvanceConfig.Builder mapped(DepthMapping mapping) {
        return DepthEstimationAdvanceConfig.builder().depthMapping(mapping).axes(Axes.OPTICAL);
    }

    /** Lifts a supplied map with everything asked for. */
    public static DepthEstimationResult lift(
            SuppliedDepth depth, DepthEstimationAdvanceConfig config) {
        return DepthEstimation.withoutModels().run(command(depth, config));
    }

    /** Lifts supplied float values with everything asked for. */
    public static DepthEstimationResult lift(
            int width, int height, float[] values, DepthEstimationAdvanceConfig config) {
        return lift(new SuppliedDepth.Floats(width, height, values), config);
    }

    /** A command for a supplied map, with everything asked for. */
    public static DepthEstimationCommand command(
            SuppliedDepth depth, DepthEstimationAdvanceConfig config) {
        return DepthEstimationCommand.ofImage(png(depth.width(), depth.height()))
                .suppliedDepth(depth)
                .returnDepthImage(true)
                .returnPointCloud(true)
                .advancedConfig(config)
                .build();
    }
}
