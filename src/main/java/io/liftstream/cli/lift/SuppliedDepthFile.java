package io.liftstream.cli.lift;

import io.liftstream.files.NpyArray;
import io.liftstream.files.NpyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.Grey16Image;
import io.liftstream.lifting.SuppliedDepth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Depth maps from files: float32 {@code .npy} [H][W], or 16-bit {@code .png}. */
final class SuppliedDepthFile {

    private SuppliedDepthFile() {}

    static SuppliedDepth read(Path file) throws IOException {
        if (file.toString().endsWith(".npy")) {
            NpyArray array = NpyFile.read(file);
            if (array.shape().length != 2) {
                throw new LiftingException(
                        RejectionReason.INVALID_COMMAND,
                        "--depth",
                        file + " with " + array.shape().length + " dimensions",
                        "must have two, [H][W]");
            }
            return new SuppliedDepth.Floats(array.shape()[1], array.shape()[0], array.floats());
        }
        Grey16Image image = PngDepthImage.decode(Files.readAllBytes(file));
        return new SuppliedDepth.Raw(image.width(), image.height(), image.values());
    }
}
