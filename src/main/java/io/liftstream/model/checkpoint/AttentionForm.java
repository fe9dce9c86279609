package io.liftstream.model.checkpoint;

import static io.liftstream.model.checkpoint.OnnxGraph.integer;
import static io.liftstream.model.checkpoint.OnnxGraph.integers;
import static io.liftstream.model.checkpoint.OnnxGraph.number;

import java.util.List;

/** How scaled dot-product attention is written down; both compute the same. */
public enum AttentionForm {
    /** With standard ONNX operators, for every runtime. */
    PLAIN {
        @Override
        String add(OnnxGraph graph, List<String> queryKeyValue, int heads) {
            String query = heads(graph, queryKeyValue.get(0), heads, 0, 2, 1, 3);
            String key = heads(graph, queryKeyValue.get(1), heads, 0, 2, 3, 1);
            String value = heads(graph, queryKeyValue.get(2), heads, 0, 2, 1, 3);
            String scaled = graph.node("Mul", List.of(query, graph.factor(SCALE)));
            String scores = graph.node("MatMul", List.of(scaled, key));
            String shares = graph.node("Softmax", List.of(scores), integer("axis", -1));
            String mixed = graph.node("MatMul", List.of(shares, value));
            String rows = graph.node("Transpose", List.of(mixed), integers("perm", 0, 2, 1, 3));
            return graph.node("Reshape", List.of(rows, graph.integers(0, 0, -1)));
        }
    },
    /** As ONNX Runtime's MultiHeadAttention, which never holds all scores at once. */
    FUSED {
        @Override
        String add(OnnxGraph graph, List<String> queryKeyValue, int heads) {
            return graph.node(
                            OnnxGraph.MICROSOFT,
                            "MultiHeadAttention",
                            queryKeyValue,
                            1,
                            integer("num_heads", heads),
                            number("scale", SCALE))
                    .get(0);
        }
    };

    // 1 / sqrt(64), the channels of a head.
    private static final float SCALE = 0.125f;

    /**
     * Adds attention to a graph.
     *
     * @param queryKeyValue three tensors [batch][tokens][hidden]
     * @return [batch][tokens][hidden]
     */
    abstract String add(OnnxGraph graph, List<String> queryKeyValue, int heads);

    private static String heads(OnnxGraph graph, String rows, int heads, long... order) {
        String split = graph.node("Reshape", List.of(rows, graph.integers(0, 0, heads, -1)));
        return graph.node("Transpose", List.of(split), integers("perm", order));
    }
}
