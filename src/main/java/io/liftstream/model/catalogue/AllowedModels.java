package io.liftstream.model.catalogue;

import io.liftstream.frame.CameraId;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a message may name: the models and the folders that the operator listed. Nothing that comes
 * from outside is fetched, converted or read unless it passes here first. Immutable.
 */
public final class AllowedModels {
    private final List<String> names;
    private final List<Path> modelRoots;
    private final List<Path> imageRoots;

    /**
     * Links are resolved before a path is compared with the roots.
     *
     * @param names models by the very text that a message may carry: catalogue names, paths or
     *     addresses
     * @param modelRoots folders below which {@code .onnx} files may be named
     * @param imageRoots folders below which images may be named
     */
    public AllowedModels(List<String> names, List<Path> modelRoots, List<Path> imageRoots) {
        this.names = List.copyOf(names);
        this.modelRoots = List.copyOf(modelRoots);
        this.imageRoots = List.copyOf(imageRoots);
    }

    /** {@return the models that must be opened before the job accepts frames} */
    public List<String> names() {
        return names;
    }

    /**
     * Checks a model named by a message.
     *
     * @param modelBackend catalogue name, path or address as the message has it
     * @return the listed text itself, or the real path of a file below a root of models
     * @throws LiftingException MODEL_NOT_ALLOWED for a name or address that is not listed,
     *     PATH_NOT_ALLOWED for a file outside the roots
     */
    public String resolveModel(String modelBackend) {
        if (names.contains(modelBackend)) {
            return modelBackend;
        }
        if (!isOnnxPath(modelBackend)) {
            throw new LiftingException(
                    RejectionReason.MODEL_NOT_ALLOWED,
                    "model_backend",
                    modelBackend,
                    "it must be one of models.allowed "
                            + names.stream().filter(name -> !name.contains("/")).toList()
                            + " or an .onnx file below one of models.allowed-roots; use one of"
                            + " these, or add the model there");
        }
        String real =
                resolve("model_backend", modelBackend, modelRoots, "models.allowed-roots")
                        .file()
                        .toString();
        if (!isOnnxPath(real)) {
            throw notAllowed("model_backend", modelBackend, "models.allowed-roots", null);
        }
        return real;
    }

    /**
     * Reads an image named by a message.
     *
     * @param path as the message has it
     * @return the file's content
     * @throws LiftingException PATH_NOT_ALLOWED unless the file exists below a root of images,
     *     UNREADABLE_IMAGE where it cannot be read there
     */
    public byte[] readImage(String path) {
        Found found = resolve("image_path", path, imageRoots, "paths.allowed-roots");
        try {
            return ImageFile.readBelow(found.root(), found.root().relativize(found.file()));
        } catch (IOException e) {
            // The cause may name what the links on the way lead to.
            throw new LiftingException(
                    RejectionReason.UNREADABLE_IMAGE,
                    "image_path",
                    CameraId.quoted(path),
                    "must be a readable file of at most " + ImageFile.MAX_BYTES + " bytes",
                    e);
        }
    }

    /** A file below a root, both without links. */
    private record Found(Path root, Path file) {}

    private static Found resolve(String field, String path, List<Path> roots, String option) {
        try {
            Path real = Path.of(path).toRealPath();
            for (Path root : roots) {
                if (isBelow(real, root)) {
                    return new Found(root.toRealPath(), real);
                }
            }
        } catch (IOException | InvalidPathException | SecurityException e) {
            throw notAllowed(field, path, option, e);
        }
        throw notAllowed(field, path, option, null);
    }

    private static boolean isBelow(Path real, Path root) {
        try {
            return real.startsWith(root.toRealPath());
        } catch (IOException e) {
            // A root that is not there allows nothing; the others still count.
            return false;
        }
    }

    // One answer for "absent" and "outside": the sender learns nothing about this machine's disk.
    private static LiftingException notAllowed(
            String field, String path, String option, Exception cause) {
        return new LiftingException(
                RejectionReason.PATH_NOT_ALLOWED,
                field,
                path,
                "it must be an existing file below one of " + option,
                cause);
    }

    // A checkpoint would have to be converted, and an address fetched: both only when listed.
    private static boolean isOnnxPath(String modelBackend) {
        return !modelBackend.contains("://")
                && modelBackend.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }
}
