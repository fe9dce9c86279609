package io.liftstream.cli.demo;

import io.liftstream.cli.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The user's own images, in the order of their names, again and again; each camera starts
 * elsewhere.
 */
final class FolderSupply implements FrameSupply {
    private final List<Path> images;

    FolderSupply(Path folder) throws IOException {
        images = ImageFolder.images(folder);
    }

    @Override
    public DemoFrame frame(int camera, int sequence) throws IOException {
        Path image = images.get((camera + sequence) % images.size());
        return new DemoFrame(
                FrameSupply.cameraId(camera), sequence, Files.readAllBytes(image), null, null);
    }
}
