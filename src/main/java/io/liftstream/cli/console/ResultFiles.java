package io.liftstream.cli.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.files.NpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.files.WholeFile;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthToMetres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A result as files, for other tools. */
public final class ResultFiles {

    private ResultFiles() {}

    /**
     * Writes {@code <name>.depth.npy} (float32, the network's raw map), {@code .metres.npy}
     * (float32, NaN where there is no distance) and {@code .depth.png} (16 bit), each where the
     * result has it.
     *
     * @return the files that were written
     */
    public static List<Path> writeDepth(Path folder, String name, DepthEstimationResult result)
            throws IOException {
        List<Path> written = new ArrayList<>();
        if (result.depthMap() != null) {
            Path file = folder.resolve(name + ".depth.npy");
            NpyFile.write(file, result.depthMap(), result.height(), result.width());
            written.add(file);
        }
        if (result.distances() != null) {
            Path file = folder.resolve(name + ".metres.npy");
            NpyFile.write(file, result.distances(), result.height(), result.width());
            written.add(file);
        }
        if (result.depthImage() != null) {
            Path file = folder.resolve(name + ".depth.png");
            WholeFile.write(
                    file,
                    PngDepthImage.encode(result.depthImage(), result.width(), result.height()));
            written.add(file);
        }
        return written;
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

    /**
     * Writes how depth becomes metres, as the command's JSON has it.
     *
     * @param numbers of a result
     * @param node gets them
     */
    public static void describe(DepthToMetres numbers, ObjectNode node) {
        node.put("unit_factor", numbers.unitFactor());
        node.put("range_lo", numbers.rangeLo());
        node.put("range_hi", numbers.rangeHi());
        node.put("near", numbers.near());
        node.put("far", numbers.far());
        node.put("depth_trunc", numbers.depthTrunc());
    }
}
