package io.liftstream.model.checkpoint;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX graph under construction. Every operation returns the name of its output, so that code
 * reads in the order in which data flows.
 */
final class OnnxGraph {
    /** The domain of ONNX Runtime's own fused operators. */
    static final String MICROSOFT = "com.microsoft";

    /** A weight without its bytes, which are in the weight file. */
    private record Weight(TensorProto header, long position, long bytes) {
        int size() {
            return header.getSerializedSize()
                    + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
                    + CodedOutputStream.computeUInt32SizeNoTag((int) bytes)
                    + (int) bytes;
        }
    }

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final WeightFile weightFile;
    private final NetworkPrecision precision;
    private final List<Weight> weights = new ArrayList<>();
    private final Map<String, Integer> counters = new HashMap<>();

    OnnxGraph(String name, WeightFile weightFile, NetworkPrecision precision) {
        graph.setName(name);
        this.weightFile = weightFile;
        this.precision = precision;
    }

    /** Declares the input; a dimension is a number or, where it is open, a name. */
    String input(String name, Object... dimensions) {
        graph.addInput(value(name, dimensions));
        return name;
    }

    /** Gives a tensor its public name and declares it as the output. */
    void output(String tensor, String name, Object... dimensions) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setName(name)
                        .setOpType("Identity")
                        .addInput(tensor)
                        .addOutput(name));
        graph.addOutput(value(name, dimensions));
    }

    private static ValueInfoProto value(String name, Object... dimensions) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            if (dimension instanceof Number number) {
                shape.addDimBuilder().setDimValue(number.longValue());
            } else {
                shape.addDimBuilder().setDimParam(dimension.toString());
            }
        }
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape);
        return info.build();
    }

    /** Adds an operation with one output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        return node("", operator, inputs, 1, attributes).get(0);
    }

    /** Adds an operation of a domain, with several outputs. */
    List<String> node(
            String domain,
            String operator,
            List<String> inputs,
            int outputs,
            AttributeProto... attributes) {
        String name = operator + "_" + counters.merge(operator, 1, Integer::sum);
        NodeProto.Builder node =
                NodeProto.newBuilder()
                        .setName(name)
                        .setDomain(domain)
                        .setOpType(operator)
                        .addAllInput(inputs)
                        .addAllAttribute(List.of(attributes));
        List<String> names = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            names.add(outputs == 1 ? name : name + ":" + output);
        }
        graph.addNode(node.addAllOutput(names));
        return names;
    }

    /** Adds a weight to compute with in the network's precision. */
    String weight(String name, float[] values, long... shape) throws IOException {
        return precision == NetworkPrecision.FLOAT16
                ? stored(name, values, TensorProto.DataType.FLOAT16, shape)
                : wideWeight(name, values, shape);
    }

    /** Adds a weight to compute with in float32; rounded where the file holds float16. */
    String wideWeight(String name, float[] values, long... shape) throws IOException {
        if (precision == NetworkPrecision.FLOAT32) {
            return exact(name, values, shape);
        }
        String half = stored(name + ":float16", values, TensorProto.DataType.FLOAT16, shape);
        return cast(half, TensorProto.DataType.FLOAT);
    }

    /** Adds a weight in float32, whatever the network's precision. */
    String exact(String name, float[] values, long... shape) throws IOException {
        return stored(name, values, TensorProto.DataType.FLOAT, shape);
    }

    private String stored(String name, float[] values, TensorProto.DataType type, long... shape)
            throws IOException {
        TensorProto.Builder header =
                TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long size : shape) {
            header.addDims(size);
        }
        boolean half = type == TensorProto.DataType.FLOAT16;
        long position = weightFile.append(values, half ? ElementType.FLOAT16 : ElementType.FLOAT32);
        int bytes = half ? Short.BYTES : Float.BYTES;
        weights.add(new Weight(header.build(), position, (long) bytes * values.length));
        return name;
    }

    /** Turns a float32 tensor into the network's precision. */
    String narrowed(String tensor) {
        return precision == NetworkPrecision.FLOAT16
                ? cast(tensor, TensorProto.DataType.FLOAT16)
                : tensor;
    }

    /** Turns a tensor of the network's precision into float32. */
    String widened(String tensor) {
        return precision == NetworkPrecision.FLOAT16
                ? cast(tensor, TensorProto.DataType.FLOAT)
                : tensor;
    }

    private String cast(String tensor, TensorProto.DataType type) {
        return node("Cast", List.of(tensor), integer("to", type.getNumber()));
    }

    /** A one-dimensional int64 constant. */
    String integers(long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return constant(tensor);
    }

    /** A one-dimensional float constant. */
    String floats(float... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addDims(values.length);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return constant(tensor);
    }

    /** A constant without dimensions, in the network's precision. */
    String factor(float value) {
        return precision == NetworkPrecision.FLOAT16
                ? constant(
                        TensorProto.newBuilder()
                                .setDataType(TensorProto.DataType.FLOAT16.getNumber())
                                .addInt32Data(
                                        Short.toUnsignedInt(Fp16Conversions.floatToFp16(value))))
                : scalar(value);
    }

    /** A float32 constant without dimensions. */
    String scalar(float value) {
        return constant(
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(value));
    }

    private String constant(TensorProto.Builder tensor) {
        String name = "constant_" + counters.merge("constant", 1, Integer::sum);
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /**
     * Writes the finished graph as the graph of a model. Done by hand, as the messages would hold
     * all weights in memory at once.
     */
    void writeTo(CodedOutputStream out) throws IOException {
        GraphProto operations = graph.build();
        long size = operations.getSerializedSize();
        for (Weight weight : weights) {
            size +=
                    CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
                            + CodedOutputStream.computeUInt32SizeNoTag(weight.size())
                            + weight.size();
        }
        if (size > Integer.MAX_VALUE) {
            throw Refusal.of(
                    "model", size + " bytes", "ONNX files end at 2 GB; use FLOAT16_WEIGHTS");
        }
        startMessage(out, ModelProto.GRAPH_FIELD_NUMBER, (int) size);
        operations.writeTo(out);
        for (Weight weight : weights) {
            startMessage(out, GraphProto.INITIALIZER_FIELD_NUMBER, weight.size());
            weight.header().writeTo(out);
            startMessage(out, TensorProto.RAW_DATA_FIELD_NUMBER, (int) weight.bytes());
            weightFile.copy(weight.position(), weight.bytes(), out);
        }
    }

    private static void startMessage(CodedOutputStream out, int field, int size)
            throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
    }
}
