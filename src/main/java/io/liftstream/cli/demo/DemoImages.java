package io.liftstream.cli.demo;

import io.liftstream.cli.console.ImageFiles;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.ImageScaler;
import io.liftstream.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user's own images, in the order of their names, again and again; each camera starts
 * elsewhere. Images of more than 1024 pixels a side are shrunk.
 */
final class DemoImages implements FrameSupply {
    /** The demo's heap is small, and a photograph's cloud of 50 million pixels would fill it. */
    private static final int MAX_SIDE = 1024;

    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private final List<Path> images;

    DemoImages(Path folder) throws IOException {
        images = ImageFiles.images(folder);
    }

    @Override
    public DemoFrame frame(int camera, int sequence) throws IOException {
        byte[] file = Files.readAllBytes(images.get((camera + sequence) % images.size()));
        return new DemoFrame(FrameSupply.cameraId(camera), sequence, fitted(file), null, null);
    }

    /** A file that cannot be read goes to the job as it is, which says what is wrong with it. */
    @SuppressWarnings("ReferenceEquality") // An image that fits comes back as it is.
    private byte[] fitted(byte[] file) {
        try {
            RgbImage image = decoder.decode(file);
            RgbImage shrunk = ImageScaler.shrunk(image, MAX_SIDE);
            return shrunk == image ? file : ImageEncoder.jpeg(shrunk);
        } catch (LiftingException e) {
            return file;
        }
    }
}
