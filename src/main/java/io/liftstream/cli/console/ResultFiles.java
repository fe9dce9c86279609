package io.liftstream.cli.console;

import io.liftstream.files.NpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.files.WholeFile;
import io.liftstream.lifting.DepthEstimationResult;
import java.io.IOException;
import java.nio.file.Path;

/** A result as files, for other tools. */
public final class ResultFiles {

    private ResultFiles() {}

    /**
     * Writes {@code <name>.depth.npy} (float32, the network's raw map), {@code .metres.npy}
     * (float32, NaN where there is no distance) and {@code .depth.png} (16 bit), each where the
     * result has it.
     */
    public static void writeDepth(Path folder, String name, DepthEstimationResult result)
            throws IOException {
        if (result.depthMap() != null) {
            NpyFile.write(
                    folder.resolve(name + ".depth.npy"),
                    result.depthMap(),
                    result.height(),
                    result.width());
        }
        if (result.distances() != null) {
            NpyFile.write(
                    folder.resolve(name + ".metres.npy"),
                    result.distances(),
                    result.height(),
                    result.width());
        }
        if (result.depthImage() != null) {
            WholeFile.write(
                    folder.resolve(name + ".depth.png"),
                    PngDepthImage.encode(result.depthImage(), result.width(), result.height()));
        }
    }

    /** Writes {@code <name>.glb} (binary glTF) where there is a mesh. */
    public static void writeGlb(Path folder, String name, byte[] glb) throws IOException {
        if (glb != null) {
            WholeFile.write(folder.resolve(name + ".glb"), glb);
        }
    }

    /** Writes {@code <name>.ply} (binary) where the result has a cloud. */
    public static void writeCloud(Path folder, String name, DepthEstimationResult result)
            throws IOException {
        if (result.pointCloud() != null) {
            PlyFile.write(result.pointCloud(), folder.resolve(name + ".ply"));
        }
    }
}
