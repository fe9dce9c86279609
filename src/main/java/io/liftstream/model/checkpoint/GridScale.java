package io.liftstream.model.checkpoint;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.liftstream.image.InputSizeRule;
import java.util.List;

/**
 * Sizes inside a network, all of which follow from the grid of image patches. For a fixed input
 * they are constants; otherwise the graph computes them from its input. The batch size never takes
 * part, so that a graph of fixed size has no computation of shapes at all and fits on a GPU as a
 * whole.
 */
final class GridScale {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

    private final OnnxGraph graph;
    private final long[] fixedGrid;
    private final String grid;
    private final String openGrid;

    /**
     * @param rule a fixed input size, or any other for a graph that takes all sizes
     * @param patch side of a patch, pixels
     * @param patches name of the tensor [batch][channels][grid height][grid width]
     */
    GridScale(OnnxGraph graph, InputSizeRule rule, int patch, String patches) {
        this.graph = graph;
        if (rule instanceof InputSizeRule.Fixed fixed) {
            this.fixedGrid = new long[] {fixed.height() / patch, fixed.width() / patch};
            this.grid = null;
            this.openGrid = null;
        } else {
            this.fixedGrid = null;
            this.grid = graph.node("Shape", List.of(patches), OnnxGraph.integer("start", 2));
            this.openGrid = graph.node("Cast", List.of(grid), OnnxGraph.integer("to", FLOAT));
        }
    }

    /** Shape of four dimensions: two given ones, then the grid. */
    String shape(long first, long second) {
        if (fixedGrid != null) {
            return graph.integers(first, second, fixedGrid[0], fixedGrid[1]);
        }
        return graph.node(
                "Concat",
                List.of(graph.integers(first, second), grid),
                OnnxGraph.integer("axis", 0));
    }

    /**
     * Scales for a Resize between two multiples of the grid. Half a pixel is added to the target: a
     * Resize rounds down, and with aligned corners the scale has no other effect than the size.
     */
    String scales(float current, float target) {
        return fixedGrid != null
                ? graph.floats(
                        1,
                        1,
                        fixedScale(fixedGrid[0], current, target),
                        fixedScale(fixedGrid[1], current, target))
                : openScales(times(current), target);
    }

    /** As above, from half the grid rounded up, which a convolution of stride 2 leaves. */
    String scalesFromHalf(float target) {
        if (fixedGrid != null) {
            return graph.floats(
                    1, 1, fromHalf(fixedGrid[0], target), fromHalf(fixedGrid[1], target));
        }
        String half = graph.node("Mul", List.of(openGrid, graph.scalar(0.5f)));
        return openScales(graph.node("Ceil", List.of(half)), target);
    }

    private static float fixedScale(long cells, float current, float target) {
        return (target * cells + 0.5f) / (current * cells);
    }

    private static float fromHalf(long cells, float target) {
        long half = (cells + 1) / 2;
        return (target * cells + 0.5f) / half;
    }

    private String times(float factor) {
        return graph.node("Mul", List.of(openGrid, graph.scalar(factor)));
    }

    private String openScales(String current, float target) {
        String padded = graph.node("Add", List.of(times(target), graph.scalar(0.5f)));
        String scale = graph.node("Div", List.of(padded, current));
        return graph.node(
                "Concat", List.of(graph.floats(1, 1), scale), OnnxGraph.integer("axis", 0));
    }
}
