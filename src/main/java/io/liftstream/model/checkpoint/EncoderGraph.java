package io.liftstream.model.checkpoint;

import static io.liftstream.model.checkpoint.OnnxGraph.integer;
import static io.liftstream.model.checkpoint.OnnxGraph.integers;
import static io.liftstream.model.checkpoint.OnnxGraph.number;
import static io.liftstream.model.checkpoint.OnnxGraph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The DINOv2 encoder: patches of the image become tokens, blocks of attention and feed-forward
 * layers work on them, and the tokens after four of the blocks go to the head. Oquab et al. 2023,
 * "DINOv2", and Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words".
 */
final class EncoderGraph {
    // PyTorch's LayerNorm has 1e-5 by default; DINOv2 was trained with this one.
    private static final float EPSILON = 1e-6f;

    private final OnnxGraph graph;
    private final NetworkWeights weights;
    private final DepthAnythingShape shape;
    private final AttentionForm attention;
    private final List<Integer> taps;

    /**
     * @param taps blocks whose tokens feed the head, counted from 0, ascending
     */
    EncoderGraph(
            OnnxGraph graph,
            NetworkWeights weights,
            DepthAnythingShape shape,
            AttentionForm attention,
            List<Integer> taps) {
        this.graph = graph;
        this.weights = weights;
        this.shape = shape;
        this.attention = attention;
        this.taps = taps;
    }

    /** Image to patches: [batch][channels][grid height][grid width]. */
    String patches(String image) throws IOException {
        String name = "pretrained.patch_embed.proj";
        return graph.node(
                "Conv",
                List.of(image, weights.plain(name + ".weight"), weights.plain(name + ".bias")),
                integers("kernel_shape", shape.patch(), shape.patch()),
                integers("strides", shape.patch(), shape.patch()));
    }

    /**
     * Patches to the tokens that the head taps, normalised: four times [batch][1 + cells][hidden].
     */
    List<String> taps(String patches, GridScale scale) throws IOException {
        String tokens = graph.node("Add", List.of(tokens(patches), positions(scale)));
        String normScale = weights.plain("pretrained.norm.weight");
        String normBias = weights.plain("pretrained.norm.bias");
        List<String> tapped = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            tokens = block(tokens, "pretrained.blocks." + layer + ".");
            if (taps.contains(layer)) {
                tapped.add(normalised(tokens, normScale, normBias));
            }
        }
        return tapped;
    }

    // A row of zeros goes in front; the class token is added to it together with its position.
    private String tokens(String patches) {
        String cells = graph.node("Reshape", List.of(patches, graph.integers(0, 0, -1)));
        String rows = graph.node("Transpose", List.of(cells), integers("perm", 0, 2, 1));
        return graph.node("Pad", List.of(rows, graph.integers(0, 1, 0, 0, 0, 0)));
    }

    // The stored grid of positions, resized to the image's as Hugging Face transformers does it.
    private String positions(GridScale scale) throws IOException {
        int hidden = shape.hidden();
        int cells = shape.grid() * shape.grid();
        float[] stored = weights.values("pretrained.pos_embed");
        float[] first = weights.values(DepthAnythingShape.FIRST_TENSOR);
        float[] grid = new float[hidden * cells];
        for (int channel = 0; channel < hidden; channel++) {
            first[channel] += stored[channel];
            for (int cell = 0; cell < cells; cell++) {
                grid[channel * cells + cell] = stored[(1 + cell) * hidden + channel];
            }
        }
        // A sum is no stored weight: float16 would round it, even that of a float16 checkpoint.
        String classRow = graph.exact("class_and_position", first, 1, 1, hidden);
        String table =
                graph.wideWeight("position_grid", grid, 1, hidden, shape.grid(), shape.grid());
        String resized =
                graph.node(
                        "Resize",
                        List.of(table, "", "", scale.shape(1, hidden)),
                        text("mode", "cubic"),
                        number("cubic_coeff_a", -0.75f),
                        text("coordinate_transformation_mode", "half_pixel"));
        String flat = graph.node("Reshape", List.of(resized, graph.integers(0, 0, -1)));
        String rows = graph.node("Transpose", List.of(flat), integers("perm", 0, 2, 1));
        return graph.narrowed(graph.node("Concat", List.of(classRow, rows), integer("axis", 1)));
    }

    private String block(String tokens, String name) throws IOException {
        String attended = attention(normalised(tokens, name + "norm1"), name + "attn.");
        String between = residual(tokens, attended, name + "ls1.gamma");
        String fed = feedForward(normalised(between, name + "norm2"), name + "mlp.");
        return residual(between, fed, name + "ls2.gamma");
    }

    private String residual(String tokens, String change, String gamma) throws IOException {
        String scaled = graph.node("Mul", List.of(change, weights.plain(gamma)));
        return graph.node("Add", List.of(tokens, scaled));
    }

    private String attention(String tokens, String name) throws IOException {
        List<String> queryKeyValue =
                graph.node(
                        "", "Split", List.of(linear(tokens, name + "qkv")), 3, integer("axis", 2));
        return linear(attention.add(graph, queryKeyValue, shape.heads()), name + "proj");
    }

    // GELU in its exact form; ONNX has an operator of that name only from opset 20.
    private String feedForward(String tokens, String name) throws IOException {
        String x = linear(tokens, name + "fc1");
        String scaled = graph.node("Div", List.of(x, graph.factor((float) Math.sqrt(2))));
        String erf = graph.node("Erf", List.of(scaled));
        String shifted = graph.node("Add", List.of(erf, graph.factor(1)));
        String doubled = graph.node("Mul", List.of(x, shifted));
        String activated = graph.node("Mul", List.of(doubled, graph.factor(0.5f)));
        return linear(activated, name + "fc2");
    }

    private String linear(String tokens, String name) throws IOException {
        String product =
                graph.node("MatMul", List.of(tokens, weights.transposed(name + ".weight")));
        return graph.node("Add", List.of(product, weights.plain(name + ".bias")));
    }

    private String normalised(String tokens, String name) throws IOException {
        return normalised(tokens, weights.plain(name + ".weight"), weights.plain(name + ".bias"));
    }

    private String normalised(String tokens, String scale, String bias) {
        return graph.node(
                "LayerNormalization",
                List.of(tokens, scale, bias),
                integer("axis", -1),
                number("epsilon", EPSILON));
    }
}
