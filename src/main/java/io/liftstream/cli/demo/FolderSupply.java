package io.liftstream.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The user's own images, in the order of their names, again and again; each camera starts
 * elsewhere.
 */
final class FolderSupply implements FrameSupply {
    private static final Set<String> EXTENSIONS =
            Set.of("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif");

    private final List<Path> images;

    FolderSupply(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            images = files.filter(FolderSupply::isImage).sorted().toList();
        }
        if (images.isEmpty()) {
            throw new IOException(
                    "--images is " + folder + ": it holds no file named *." + EXTENSIONS);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))
                && Files.isRegularFile(file);
    }

    @Override
    public DemoFrame frame(int camera, int sequence) throws IOException {
        Path image = images.get((camera + sequence) % images.size());
        return new DemoFrame(
                FrameSupply.cameraId(camera), sequence, Files.readAllBytes(image), null, null);
    }
}
