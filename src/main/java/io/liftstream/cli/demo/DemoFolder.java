package io.liftstream.cli.demo;

import io.liftstream.files.PlyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.files.WholeFile;
import io.liftstream.image.DepthColours;
import io.liftstream.image.ImageEncoder;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.scenes.DepthAccuracy;
import io.liftstream.wire.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes the files of each frame: {@code DIR/<camera>/<sequence>.*}. */
final class DemoFolder {
    private static final float WORST_SHOWN_ERROR = 0.5f;

    private final Path folder;

    DemoFolder(Path folder) {
        this.folder = folder;
    }

    /** The place of a frame's files, without their extension. */
    static String stem(String cameraId, long sequence) {
        return cameraId + "/" + String.format(Locale.ROOT, "%06d", sequence);
    }

    /** Writes everything that is known of a lifted frame. */
    void write(DemoFrame frame, ReadResult read, ComparedDepth compared) throws IOException {
        String stem = stem(frame.cameraId(), frame.sequence());
        Files.createDirectories(folder.resolve(stem).getParent());
        DepthEstimationResult result = read.result();
        save(stem + ".jpg", frame.image());
        if (result.depthImage() != null) {
            save(
                    stem + ".depth.png",
                    PngDepthImage.encode(result.depthImage(), result.width(), result.height()));
        }
        if (result.depthMap() != null) {
            save(
                    stem + ".depth-color.png",
                    coloured(ComparedDepth.inverse(result), result.width(), result.height()));
        }
        if (result.pointCloud() != null) {
            PlyFile.write(result.pointCloud(), folder.resolve(stem + ".ply"));
        }
        if (compared != null) {
            save(stem + ".truth-color.png", trueColours(compared.truth()));
            save(stem + ".error-color.png", errorColours(compared));
        }
    }

    /** Inverse depth, as the estimate beside it. */
    private static byte[] trueColours(DepthTruth truth) {
        float[] inverse = new float[truth.metres().length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / truth.metres()[i];
        }
        return coloured(inverse, truth.width(), truth.height());
    }

    /** The nearest pixel is brightest. */
    private static byte[] coloured(float[] inverse, int width, int height) {
        float largest = Float.NEGATIVE_INFINITY;
        float least = Float.POSITIVE_INFINITY;
        for (float value : inverse) {
            largest = value > largest ? value : largest;
            least = value < least ? value : least;
        }
        return ImageEncoder.png(DepthColours.of(inverse, width, height, least, largest));
    }

    /** |estimate - truth| / truth; black is right, brightest is half or more off; sky is black. */
    private static byte[] errorColours(ComparedDepth compared) {
        DepthTruth truth = compared.truth();
        float[] error = new float[truth.metres().length];
        for (int i = 0; i < error.length; i++) {
            float metres = truth.metres()[i];
            error[i] =
                    metres < DepthAccuracy.FARTHEST_METRES
                            ? Math.abs(compared.accuracy().alignedMetres()[i] - metres) / metres
                            : 0;
        }
        return ImageEncoder.png(
                DepthColours.of(error, truth.width(), truth.height(), 0, WORST_SHOWN_ERROR));
    }

    void save(String name, byte[] content) throws IOException {
        WholeFile.write(folder.resolve(name), content);
    }
}
