package io.liftstream.network;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import java.util.Arrays;
import java.util.Locale;
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
            throw ModelException.ofContent(
                    model, "its inputs and outputs cannot be read; give a complete ONNX model", e);
        }
    }

    private static Map.Entry<String, NodeInfo> only(
            String model, String what, Map<String, NodeInfo> nodes) {
        if (nodes.size() != 1) {
            String found =
                    nodes.entrySet().stream()
                            .map(node -> quoted(node.getKey()) + " " + describe(node.getValue()))
                            .collect(Collectors.joining(", "));
            throw notDepth(
                    model,
                    "it has "
                            + nodes.size()
                            + " "
                            + what
                            + " ("
                            + found
                            + "), and a depth model has one");
        }
        return nodes.entrySet().iterator().next();
    }

    private static long[] inputShape(String model, Map.Entry<String, NodeInfo> input) {
        long[] shape = {};
        boolean fits = false;
        if (input.getValue().getInfo() instanceof TensorInfo info) {
            shape = info.getShape();
            fits =
                    info.onnxType == TensorInfo.OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
                            && shape.length == 4
                            && shape[0] <= 1
                            && (shape[1] == 3 || shape[1] == -1);
        }
        if (!fits) {
            throw ModelException.ofContent(
                    model,
                    "its input "
                            + quoted(input.getKey())
                            + " is "
                            + describe(input.getValue())
                            + "; it must be float32, batch x 3 x height x width, with batch 1 or"
                            + " open",
                    null);
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
            throw notDepth(
                    model,
                    "its output "
                            + quoted(output.getKey())
                            + " is "
                            + describe(output.getValue())
                            + ", and a depth map would be float32, batch x height x width");
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
            throw notDepth(
                    model,
                    "its output "
                            + quoted(output.getKey())
                            + " is "
                            + describe(shape)
                            + ", and a depth map would be 1 x "
                            + input[2]
                            + " x "
                            + input[3]);
        }
    }

    private static String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static String describe(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            return "not a tensor";
        }
        String type = info.type == OnnxJavaType.FLOAT ? "float32" : info.type.toString();
        return type.toLowerCase(Locale.ROOT) + " " + describe(info.getShape());
    }

    /** An open dimension has no size, only a name or none. */
    private static String describe(long[] shape) {
        return shape.length == 0
                ? "without dimensions"
                : Arrays.stream(shape)
                        .mapToObj(size -> size < 0 ? "?" : Long.toString(size))
                        .collect(Collectors.joining(" x "));
    }

    private static LiftingException notDepth(String model, String why) {
        return ModelException.ofContent(
                model,
                "this is not a depth model: "
                        + why
                        + "; choose a depth model (liftstream model list)",
                null);
    }
}
