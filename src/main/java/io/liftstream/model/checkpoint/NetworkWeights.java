package io.liftstream.model.checkpoint;

import java.io.IOException;
import java.util.List;

/** Puts the tensors of a checkpoint into a graph, under the names that they had. */
final class NetworkWeights {
    private final StateDictionary tensors;
    private final OnnxGraph graph;

    NetworkWeights(StateDictionary tensors, OnnxGraph graph) {
        this.tensors = tensors;
        this.graph = graph;
    }

    /** A tensor as it is. */
    String plain(String name) throws IOException {
        long[] shape = tensors.shape(name).stream().mapToLong(Long::longValue).toArray();
        return graph.weight(name, tensors.read(name), shape);
    }

    /**
     * The weight of a linear layer, which PyTorch stores as (out, in) and MatMul wants as (in,
     * out).
     */
    String transposed(String name) throws IOException {
        List<Long> shape = tensors.shape(name);
        int rows = Math.toIntExact(shape.get(0));
        int columns = Math.toIntExact(shape.get(1));
        float[] values = tensors.read(name);
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return graph.weight(name, transposed, columns, rows);
    }

    /** The elements of a tensor. */
    float[] values(String name) throws IOException {
        return tensors.read(name);
    }
}
