package io.liftstream.model.checkpoint;

import static io.liftstream.model.checkpoint.OnnxGraph.integers;
import static io.liftstream.model.checkpoint.OnnxGraph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The DPT head: four sets of tokens become feature maps of four resolutions, which are fused from
 * coarse to fine into one map of depth. Ranftl et al. 2021, "Vision Transformers for Dense
 * Prediction"; Yang et al. 2024, "Depth Anything V2".
 */
final class HeadGraph {
    private static final String HEAD = "depth_head.";
    private static final String SCRATCH = HEAD + "scratch.";
    // What the feature maps are of the patch grid's size; the coarsest is half of it, rounded up.
    private static final float[] LEVEL_SCALE = {4, 2, 1};

    private final OnnxGraph graph;
    private final NetworkWeights weights;
    private final DepthAnythingShape shape;
    private final GridScale scale;

    HeadGraph(OnnxGraph graph, NetworkWeights weights, DepthAnythingShape shape, GridScale scale) {
        this.graph = graph;
        this.weights = weights;
        this.shape = shape;
        this.scale = scale;
    }

    /** Tapped tokens to the map before its last activation: [batch][1][height][width]. */
    String logits(List<String> taps) throws IOException {
        List<String> levels = new ArrayList<>();
        for (int level = 0; level < 4; level++) {
            levels.add(level(taps.get(level), level));
        }
        String fused = fused(levels);
        String narrowed = convolution(fused, SCRATCH + "output_conv1", 3);
        // Right to the input's own size: patch pixels for each cell of the grid.
        String full = upsampled(narrowed, scale.scales(8, shape.patch()));
        String features = relu(convolution(full, SCRATCH + "output_conv2.0", 3));
        return convolution(features, SCRATCH + "output_conv2.2", 1);
    }

    private String level(String tokens, int level) throws IOException {
        String cells =
                graph.node(
                        "Slice",
                        List.of(
                                tokens,
                                graph.integers(1),
                                graph.integers(Long.MAX_VALUE),
                                graph.integers(1)));
        String columns = graph.node("Transpose", List.of(cells), integers("perm", 0, 2, 1));
        String map = graph.node("Reshape", List.of(columns, scale.shape(0, shape.hidden())));
        String projected = convolution(map, HEAD + "projects." + level, 1);
        String resized = resized(projected, level);
        return graph.node(
                "Conv",
                List.of(resized, weights.plain(SCRATCH + "layer" + (level + 1) + "_rn.weight")),
                integers("kernel_shape", 3, 3),
                integers("pads", 1, 1, 1, 1));
    }

    private String resized(String map, int level) throws IOException {
        String name = HEAD + "resize_layers." + level;
        return switch (level) {
            case 0, 1 -> enlarged(map, name, level == 0 ? 4 : 2);
            case 3 -> halved(map, name);
            default -> map;
        };
    }

    private String enlarged(String map, String name, int factor) throws IOException {
        return graph.node(
                "ConvTranspose",
                List.of(map, weights.plain(name + ".weight"), weights.plain(name + ".bias")),
                integers("kernel_shape", factor, factor),
                integers("strides", factor, factor));
    }

    private String halved(String map, String name) throws IOException {
        return graph.node(
                "Conv",
                List.of(map, weights.plain(name + ".weight"), weights.plain(name + ".bias")),
                integers("kernel_shape", 3, 3),
                integers("strides", 2, 2),
                integers("pads", 1, 1, 1, 1));
    }

    private String fused(List<String> levels) throws IOException {
        String path = refined(levels.get(3), 4, scale.scalesFromHalf(LEVEL_SCALE[2]));
        for (int level = 2; level >= 0; level--) {
            String skip = residualUnit(levels.get(level), refinement(level + 1) + "resConfUnit1");
            String sum = graph.node("Add", List.of(path, skip));
            float target = level == 0 ? 8 : LEVEL_SCALE[level - 1];
            path = refined(sum, level + 1, scale.scales(LEVEL_SCALE[level], target));
        }
        return path;
    }

    // The 1x1 convolution commutes with the bilinear resize, whose weights sum to 1, and is four
    // times cheaper before it.
    private String refined(String map, int number, String scales) throws IOException {
        String unit = residualUnit(map, refinement(number) + "resConfUnit2");
        return upsampled(convolution(unit, refinement(number) + "out_conv", 1), scales);
    }

    private static String refinement(int number) {
        return SCRATCH + "refinenet" + number + ".";
    }

    // The skip takes the map as it is, not after the first activation.
    private String residualUnit(String map, String name) throws IOException {
        String first = convolution(relu(map), name + ".conv1", 3);
        String second = convolution(relu(first), name + ".conv2", 3);
        return graph.node("Add", List.of(second, map));
    }

    private String upsampled(String map, String scales) {
        return graph.node(
                "Resize",
                List.of(map, "", scales),
                text("mode", "linear"),
                text("coordinate_transformation_mode", "align_corners"));
    }

    private String convolution(String map, String name, int kernel) throws IOException {
        int pad = kernel / 2;
        return graph.node(
                "Conv",
                List.of(map, weights.plain(name + ".weight"), weights.plain(name + ".bias")),
                integers("kernel_shape", kernel, kernel),
                integers("pads", pad, pad, pad, pad));
    }

    private String relu(String map) {
        return graph.node("Relu", List.of(map));
    }
}
