package io.liftstream.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** An image and a depth map with smooth parts, edges and noise, the same in every run. */
final class BenchmarkScene {
    private BenchmarkScene() {}

    /** A JPEG file of usual quality. */
    static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(11);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int shade = (x * 255 / width + (((x / 40) ^ (y / 40)) & 1) * 60) / 2;
                int noise = random.nextInt(16);
                image.setRGB(x, y, (shade + noise) << 16 | (y * 200 / height + noise) << 8 | shade);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", file);
        return file.toByteArray();
    }

    /** Relative inverse depth, row-major. */
    static float[] depth(int width, int height) {
        float[] depth = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double wave = Math.sin(x * 9.0 / width) * Math.cos(y * 7.0 / height);
                depth[y * width + x] = (float) (3 + wave + (x > width / 3 ? 1 : 0));
            }
        }
        return depth;
    }
}
