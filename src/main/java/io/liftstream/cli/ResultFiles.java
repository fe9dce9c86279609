package io.liftstream.cli;

import io.liftstream.image.NpyFile;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PlyFile;
import io.liftstream.lifting.PngDepthImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A result as files, for other tools. */
final class ResultFiles {

    private ResultFiles() {}

    /**
     * Writes {@code <name>.depth.npy} (float32), {@code .depth.png} (16 bit) and {@code .ply}
     * (binary), each where the result has it.
     */
    static void write(Path folder, String name, DepthEstimationResult result) throws IOException {
        if (result.depthMap() != null) {
            NpyFile.write(
                    folder.resolve(name + ".depth.npy"),
                    result.depthMap(),
                    result.height(),
                    result.width());
        }
        if (result.depthImage() != null) {
            Files.write(
                    folder.resolve(name + ".depth.png"),
                    PngDepthImage.encode(result.depthImage(), result.width(), result.height()));
        }
        if (result.pointCloud() != null) {
            PlyFile.write(result.pointCloud(), folder.resolve(name + ".ply"));
        }
    }
}
