package io.liftstream.network;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The one input and the one output of a depth network, checked before the first frame. A dimension
 * of -1 is open.
 *
 * @param input name of the input, float32 [batch][3][height][width]
 * @param output name of the output, [batch][height][width] or [batch][1][height][width]
 * @param batch frames per run that the graph demands, or -1
 * @param height input height that the graph demands, or -1
 * @param width input width that the graph demands, or -1
 */
record NetworkSignature(String input, String output, long batch, long height, long width) {

    private static final double MAX_STRETCH = 1.5;

    /** Whether the graph demands one input size. */
    boolean fixesSize() {
        return height > 0 && width > 0;
    }

    /**
     * Reads the signature of an open session.
     *
     * @throws ModelException naming what was found where it is no depth network
     */
    static NetworkSignature of(String model, OrtSession session) {
        try {
            Map.Entry<String, NodeInfo> input = only(model, "inputs", session.getInputInfo());
            Map.Entry<String, NodeInfo> output = only(model, "outputs", session.getOutputInfo());
            long[] shape = inputShape(model, input);
            checkOutput(model, output);
            checkProportions(model, output, shape);
            return new NetworkSignature(
                    input.getKey(), output.getKey(), shape[0], shape[2], shape[3]);
        } catch (OrtException e) {
            throw refused(model, "signature", "unreadable", "must be a complete ONNX model", e);
        }
    }

    private static Map.Entry<String, NodeInfo> only(
            String model, String what, Map<String, NodeInfo> nodes) {
        if (nodes.size() != 1) {
            String found =
                    nodes.entrySet().stream()
                            .map(node -> node.getKey() + " " + describe(node.getValue()))
                            .collect(Collectors.joining(", ", "[", "]"));
            throw refused(model, what, found, "a depth network has exactly one of them", null);
        }
        return nodes.entrySet().iterator().next();
    }

    private static long[] inputShape(String model, Map.Entry<String, NodeInfo> input) {
        String field = "input " + input.getKey();
        String remedy = "must be float32 [batch, 3, height, width] with batch 1 or open";
        if (!(input.getValue().getInfo() instanceof TensorInfo info)
                || info.onnxType != TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) {
            throw refused(model, field, describe(input.getValue()), remedy, null);
        }
        long[] shape = info.getShape();
        boolean fits = shape.length == 4 && shape[0] <= 1 && (shape[1] == 3 || shape[1] == -1);
        if (!fits) {
            throw refused(model, field, describe(input.getValue()), remedy, null);
        }
        return shape;
    }

    private static void checkOutput(String model, Map.Entry<String, NodeInfo> output) {
        boolean fits = false;
        if (output.getValue().getInfo() instanceof TensorInfo info) {
            long[] shape = info.getShape();
            boolean channels = shape.length == 4 && (shape[1] == 1 || shape[1] == -1);
            fits = info.type == OnnxJavaType.FLOAT && (shape.length == 3 || channels);
        }
        if (!fits) {
            throw refused(
                    model,
                    "output " + output.getKey(),
                    describe(output.getValue()),
                    "must be float [batch, height, width] or [batch, 1, height, width]",
                    null);
        }
    }

    /** What has one value for each pixel has the picture's proportions, but for rounding. */
    private static void checkProportions(
            String model, Map.Entry<String, NodeInfo> output, long[] input) {
        long[] shape = ((TensorInfo) output.getValue().getInfo()).getShape();
        long height = shape[shape.length - 2];
        long width = shape[shape.length - 1];
        if (height <= 0 || width <= 0 || input[2] <= 0 || input[3] <= 0) {
            return;
        }
        double stretched = (double) width * input[2] / ((double) height * input[3]);
        if (stretched > MAX_STRETCH || stretched < 1 / MAX_STRETCH) {
            throw refused(
                    model,
                    "output " + output.getKey(),
                    describe(output.getValue()),
                    "a depth map has the proportions of the input, "
                            + input[2]
                            + " x "
                            + input[3]
                            + " (rows x columns)",
                    null);
        }
    }

    private static String describe(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo info
                ? info.type + " " + Arrays.toString(info.getShape())
                : node.getInfo().toString();
    }

    private static LiftingException refused(
            String model, String what, Object found, String remedy, Exception cause) {
        return new ModelException("model " + model + " " + what, found, remedy, cause);
    }
}
