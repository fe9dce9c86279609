package io.liftstream.model.catalogue;

import io.liftstream.model.checkpoint.CheckpointFamily;
import io.liftstream.model.checkpoint.CheckpointKind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the authors of Depth Anything called the checkpoints that they published, and what those
 * compute. The ending does not count: the same weights are passed on as {@code .pth} and {@code
 * .safetensors}.
 */
final class PublishedNames {
    private static final Pattern V1 = Pattern.compile("depth_anything_vit[sbl]14");
    private static final Pattern V2 = Pattern.compile("depth_anything_v2_vit[sbl]");
    private static final Pattern V2_METRIC =
            Pattern.compile("depth_anything_v2_metric_(hypersim|vkitti)_vit[sbl]");

    private static final Pattern V3 =
            Pattern.compile("da3.*|depth[-_]?anything[-_]?(v?3).*", Pattern.CASE_INSENSITIVE);

    // https://github.com/DepthAnything/Depth-Anything-V2/tree/main/metric_depth
    private static final double HYPERSIM_METRES = 20;
    private static final double VKITTI_METRES = 80;

    private PublishedNames() {}

    /** What a checkpoint of this name computes, if it is a published one. */
    static Optional<CheckpointKind> find(String fileName) {
        String stem = stem(fileName).toLowerCase(Locale.ROOT);
        if (V1.matcher(stem).matches()) {
            return Optional.of(CheckpointKind.relative(CheckpointFamily.DEPTH_ANYTHING_V1));
        }
        if (V2.matcher(stem).matches()) {
            return Optional.of(CheckpointKind.V2_RELATIVE);
        }
        Matcher metric = V2_METRIC.matcher(stem);
        if (metric.matches()) {
            boolean indoor = metric.group(1).equals("hypersim");
            return Optional.of(CheckpointKind.metric(indoor ? HYPERSIM_METRES : VKITTI_METRES));
        }
        return Optional.empty();
    }

    /** Whether a checkpoint is called as those of Depth Anything 3, a network of another kind. */
    static boolean isDepthAnything3(String source) {
        return V3.matcher(stem(source)).matches();
    }

    /** The last part of a path or address, without its ending. */
    static String stem(String source) {
        String name = fileName(source);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The last part of a path or address. */
    static String fileName(String source) {
        String path = source.contains("://") ? source.replaceAll("[?#].*", "") : source;
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
