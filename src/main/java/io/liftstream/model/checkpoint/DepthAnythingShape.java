package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The sizes of a Depth Anything network (a DINOv2 encoder with a DPT head), read off its tensors'
 * shapes and never off the file's name.
 *
 * @param hidden width of a token; heads have 64 each
 * @param layers encoder blocks
 * @param grid side of the stored position grid
 * @param patch side of an image patch, pixels
 * @param neck channels of the four feature maps
 * @param fusion channels of the fusion stage
 * @param headHidden channels before the last convolution
 */
record DepthAnythingShape(
        int hidden,
        int layers,
        int grid,
        int patch,
        List<Integer> neck,
        int fusion,
        int headHidden) {

    /** The tensor by which a network is found in a file. */
    static final String FIRST_TENSOR = "pretrained.cls_token";

    /** What the names of the head's tensors begin with. */
    static final String HEAD = "depth_head.";

    /** Channels of one attention head in every published encoder; no tensor shows it. */
    static final int HEAD_CHANNELS = 64;

    private static final String ENCODER = "pretrained.";
    private static final String POSITIONS = "pretrained.pos_embed";
    private static final String PATCHES = "pretrained.patch_embed.proj.weight";
    private static final String BLOCKS = "pretrained.blocks.";
    private static final String SCRATCH = HEAD + "scratch.";

    // Beyond ViT-g, the largest that was ever described.
    private static final int MAX_CHANNELS = 4096;
    private static final int MAX_LAYERS = 64;

    /** Whether a tensor of this name belongs to the network, if it has one. */
    static boolean isPartOfNetwork(String name) {
        return name.startsWith(ENCODER) || name.startsWith(HEAD);
    }

    /**
     * Reads the sizes and then holds every tensor against them.
     *
     * @throws LiftingException naming all tensors that are missing or have another shape
     */
    static DepthAnythingShape of(StateDictionary tensors) {
        DepthAnythingShape shape = read(tensors);
        Map<String, List<Long>> expected = shape.expectedTensors();
        List<String> faults = new ArrayList<>();
        expected.forEach((name, dimensions) -> check(tensors, name, dimensions, faults));
        if (!faults.isEmpty()) {
            throw Refusal.of(
                    "tensors",
                    String.join("; ", faults),
                    "a Depth Anything network of these sizes needs them: " + shape);
        }
        return shape;
    }

    private static void check(
            StateDictionary tensors, String name, List<Long> expected, List<String> faults) {
        List<Long> found = tensors.shape(name);
        if (found == null) {
            faults.add(name + " is missing");
        } else if (!found.equals(expected)) {
            faults.add(name + " is " + found + " instead of " + expected);
        } else if (!tensors.isReal(name)) {
            faults.add(name + " has dtype " + tensors.elementType(name) + ", not real numbers");
        }
    }

    private static DepthAnythingShape read(StateDictionary tensors) {
        int hidden = dimension(tensors, FIRST_TENSOR, 3, 2);
        if (hidden % HEAD_CHANNELS != 0) {
            throw Refusal.of(FIRST_TENSOR + " channels", hidden, "must be a multiple of 64");
        }
        if (!tensors.isReal(FIRST_TENSOR)) {
            throw Refusal.of(
                    FIRST_TENSOR + " dtype",
                    tensors.elementType(FIRST_TENSOR),
                    "must be floating point");
        }
        List<Integer> neck = new ArrayList<>();
        for (int level = 0; level < 4; level++) {
            neck.add(dimension(tensors, HEAD + "projects." + level + ".weight", 4, 0));
        }
        return new DepthAnythingShape(
                hidden,
                layers(tensors),
                grid(tensors),
                dimension(tensors, PATCHES, 4, 2),
                List.copyOf(neck),
                fusion(tensors),
                dimension(tensors, SCRATCH + "output_conv2.0.weight", 4, 0));
    }

    private static int fusion(StateDictionary tensors) {
        String name = SCRATCH + "layer1_rn.weight";
        int fusion = dimension(tensors, name, 4, 0);
        if (fusion % 2 != 0) {
            throw Refusal.of(name + " channels", fusion, "must be even");
        }
        return fusion;
    }

    private static int grid(StateDictionary tensors) {
        List<Long> shape = shape(tensors, POSITIONS, 3);
        long side = Math.round(Math.sqrt(shape.get(1) - 1.0));
        if (side < 1 || side > MAX_CHANNELS || side * side != shape.get(1) - 1) {
            throw Refusal.of(POSITIONS, shape, "must have 1 + side x side rows");
        }
        return (int) side;
    }

    private static int layers(StateDictionary tensors) {
        TreeSet<Integer> blocks = new TreeSet<>();
        for (String name : tensors.names()) {
            if (name.startsWith(BLOCKS)) {
                String number = name.substring(BLOCKS.length()).split("\\.", 2)[0];
                if (number.matches("\\d{1,2}")) {
                    blocks.add(Integer.valueOf(number));
                }
            }
        }
        int layers = blocks.isEmpty() ? 0 : blocks.last() + 1;
        if (layers == 0 || layers % 4 != 0 || layers > MAX_LAYERS) {
            throw Refusal.of("encoder blocks", layers, "must be a multiple of 4, at most 64");
        }
        return layers;
    }

    private static int dimension(StateDictionary tensors, String name, int rank, int axis) {
        List<Long> shape = shape(tensors, name, rank);
        long size = shape.get(axis);
        if (size > MAX_CHANNELS) {
            throw Refusal.of(name, shape, "no dimension may exceed " + MAX_CHANNELS);
        }
        return (int) size;
    }

    private static List<Long> shape(StateDictionary tensors, String name, int rank) {
        List<Long> shape = tensors.shape(name);
        if (shape == null) {
            String found = tensors.names().stream().limit(3).toList().toString();
            throw Refusal.of(
                    name,
                    "missing",
                    "the file "
                            + ForeignNetwork.of(tensors.names())
                                    .orElse("must be a complete Depth Anything checkpoint")
                            + "; found "
                            + found);
        }
        if (shape.size() != rank) {
            throw Refusal.of(name, shape, "must have " + rank + " dimensions");
        }
        return shape;
    }

    /** Attention heads of a block. */
    int heads() {
        return hidden / HEAD_CHANNELS;
    }

    /** Every tensor of the network by name, with the shape that follows from the sizes. */
    Map<String, List<Long>> expectedTensors() {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        expected.put(FIRST_TENSOR, dimensions(1, 1, hidden));
        expected.put(POSITIONS, dimensions(1, 1 + (long) grid * grid, hidden));
        expected.put(PATCHES, dimensions(hidden, 3, patch, patch));
        expected.put("pretrained.patch_embed.proj.bias", dimensions(hidden));
        for (int layer = 0; layer < layers; layer++) {
            addBlock(expected, BLOCKS + layer + ".");
        }
        addPair(expected, "pretrained.norm", hidden);
        for (int level = 0; level < 4; level++) {
            int channels = neck.get(level);
            addConvolution(expected, HEAD + "projects." + level, channels, hidden, 1);
            expected.put(
                    SCRATCH + "layer" + (level + 1) + "_rn.weight",
                    dimensions(fusion, channels, 3, 3));
            addRefinement(expected, SCRATCH + "refinenet" + (level + 1) + ".");
        }
        // 4x up, 2x up, as it is (no tensors), 2x down.
        addResize(expected, 0, 4);
        addResize(expected, 1, 2);
        addResize(expected, 3, 3);
        addConvolution(expected, SCRATCH + "output_conv1", fusion / 2, fusion, 3);
        addConvolution(expected, SCRATCH + "output_conv2.0", headHidden, fusion / 2, 3);
        addConvolution(expected, SCRATCH + "output_conv2.2", 1, headHidden, 1);
        return expected;
    }

    private void addBlock(Map<String, List<Long>> expected, String block) {
        addPair(expected, block + "norm1", hidden);
        addPair(expected, block + "norm2", hidden);
        addLinear(expected, block + "attn.qkv", 3L * hidden, hidden);
        addLinear(expected, block + "attn.proj", hidden, hidden);
        addLinear(expected, block + "mlp.fc1", 4L * hidden, hidden);
        addLinear(expected, block + "mlp.fc2", hidden, 4L * hidden);
        expected.put(block + "ls1.gamma", dimensions(hidden));
        expected.put(block + "ls2.gamma", dimensions(hidden));
    }

    private void addResize(Map<String, List<Long>> expected, int level, int kernel) {
        int channels = neck.get(level);
        addConvolution(expected, HEAD + "resize_layers." + level, channels, channels, kernel);
    }

    private void addRefinement(Map<String, List<Long>> expected, String prefix) {
        for (String unit : List.of("resConfUnit1", "resConfUnit2")) {
            addConvolution(expected, prefix + unit + ".conv1", fusion, fusion, 3);
            addConvolution(expected, prefix + unit + ".conv2", fusion, fusion, 3);
        }
        addConvolution(expected, prefix + "out_conv", fusion, fusion, 1);
    }

    private static void addPair(Map<String, List<Long>> expected, String name, long size) {
        expected.put(name + ".weight", dimensions(size));
        expected.put(name + ".bias", dimensions(size));
    }

    private static void addLinear(
            Map<String, List<Long>> expected, String name, long out, long in) {
        expected.put(name + ".weight", dimensions(out, in));
        expected.put(name + ".bias", dimensions(out));
    }

    private static void addConvolution(
            Map<String, List<Long>> expected, String name, long out, long in, long kernel) {
        expected.put(name + ".weight", dimensions(out, in, kernel, kernel));
        expected.put(name + ".bias", dimensions(out));
    }

    private static List<Long> dimensions(long... sizes) {
        List<Long> dimensions = new ArrayList<>();
        for (long size : sizes) {
            dimensions.add(size);
        }
        return List.copyOf(dimensions);
    }
}
