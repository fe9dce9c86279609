package io.liftstream.model.catalogue;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
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
    private final List<Path> roots;

    /**
     * @param names models by the very text that a message may carry: catalogue names, paths or
     *     addresses
     * @param roots folders below which files may be named; links are resolved before the comparison
     */
    public AllowedModels(List<String> names, List<Path> roots) {
        this.names = List.copyOf(names);
        this.roots = List.copyOf(roots);
    }

    /** {@return the models that must be opened before the job accepts frames} */
    public List<String> names() {
        return names;
    }

    /**
     * Checks a model named by a message.
     *
     * @param modelBackend catalogue name, path or address as the message has it
     * @return the listed text itself, or the real path of a file below an allowed root
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
                    "must be one of models.allowed "
                            + names
                            + " or an .onnx file below an"
                            + " allowed root");
        }
        String real = resolvePath("model_backend", modelBackend).toString();
        if (!isOnnxPath(real)) {
            throw notAllowed("model_backend", modelBackend, null);
        }
        return real;
    }

    /**
     * Checks a file named by a message, for images as well as models.
     *
     * @param field the message's field, for the error
     * @param path as the message has it
     * @return the real path, all links resolved
     * @throws LiftingException PATH_NOT_ALLOWED unless the file exists below an allowed root
     */
    public Path resolvePath(String field, String path) {
        try {
            Path real = Path.of(path).toRealPath();
            for (Path root : roots) {
                if (isBelow(real, root)) {
                    return real;
                }
            }
        } catch (IOException | InvalidPathException | SecurityException e) {
            throw notAllowed(field, path, e);
        }
        throw notAllowed(field, path, null);
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
    private static LiftingException notAllowed(String field, String path, Exception cause) {
        return new LiftingException(
                RejectionReason.PATH_NOT_ALLOWED,
                field,
                path,
                "must be an existing file below one of the allowed roots",
                cause);
    }

    // A checkpoint would have to be converted, and an address fetched: both only when listed.
    private static boolean isOnnxPath(String modelBackend) {
        return !modelBackend.contains("://")
                && modelBackend.toLowerCase(Locale.ROOT).endsWith(".onnx");
    }
}
