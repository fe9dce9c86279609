package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads the encoded image that a command names. */
final class ImageInput {
    private ImageInput() {}

    /**
     * The command's bytes, or the content of its file.
     *
     * @throws LiftingException UNREADABLE_IMAGE where the path names no readable file
     */
    static byte[] read(DepthEstimationCommand command) {
        if (command.imageBytes() != null) {
            return command.imageBytes();
        }
        String given = command.imagePath();
        try {
            Path path = pathOf(given);
            if (!Files.isRegularFile(path)) {
                throw unreadable(given, "give the path or file: URI of an existing file", null);
            }
            if (Files.size(path) > ImageFile.MAX_BYTES) {
                throw unreadable(
                        given, "the file may have at most " + ImageFile.MAX_BYTES + " bytes", null);
            }
            return ImageFile.read(path);
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            throw unreadable(given, "give the path or file: URI of a readable file", e);
        }
    }

    private static Path pathOf(String given) {
        if (given.toLowerCase(Locale.ROOT).startsWith("file:")) {
            return Path.of(URI.create(given));
        }
        if (given.contains("://")) {
            throw unreadable(
                    given, "images are not fetched; give a path, a file: URI or bytes", null);
        }
        return Path.of(given);
    }

    private static LiftingException unreadable(String given, String remedy, Exception cause) {
        return new LiftingException(
                RejectionReason.UNREADABLE_IMAGE,
                "image_input",
                "\"" + given + "\"",
                remedy,
                cause);
    }
}
