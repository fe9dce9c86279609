package io.liftstream.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models of one or two operators, for what a network may look like from outside. */
public final class TinyModel {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private final Map<String, String> metadata = new LinkedHashMap<>();

    /** The mean of the three channels: output [batch][1][height][width]. */
    public static TinyModel meanOfChannels(Object batch, Object height, Object width) {
        return described()
                .input("image", TensorProto.DataType.FLOAT, batch, 3, height, width)
                .reduce("ReduceMean", "image", "depth", true, 1)
                .output("depth", TensorProto.DataType.FLOAT, batch, 1, height, width);
    }

    /** No graph yet, and the facts of a relative model. */
    static TinyModel described() {
        TinyModel model = new TinyModel();
        model.metadata.put("liftstream.output", "inverse-relative");
        model.metadata.put("liftstream.mean", "0,0,0");
        model.metadata.put("liftstream.std", "1,1,1");
        return model;
    }

    /**
     * Files of models that differ in what they are called, {@code tiny-0.onnx} and so on.
     *
     * @param folder where they are written
     * @param count how many
     */
    public static List<Path> writeDistinct(Path folder, int count) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "tiny-" + i;
            files.add(
                    meanOfChannels("b", 14, 14)
                            .fact("liftstream.name", name)
                            .write(folder.resolve(name + ".onnx")));
        }
        return files;
    }

    public TinyModel fact(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    public TinyModel without(String key) {
        metadata.remove(key);
        return this;
    }

    public TinyModel input(String name, TensorProto.DataType type, Object... dimensions) {
        graph.addInput(value(name, type, dimensions));
        return this;
    }

    public TinyModel output(String name, TensorProto.DataType type, Object... dimensions) {
        graph.addOutput(value(name, type, dimensions));
        return this;
    }

    public TinyModel reduce(String operator, String from, String to, boolean keep, long... axes) {
        AttributeProto.Builder reduced =
                AttributeProto.newBuilder()
                        .setName("axes")
                        .setType(AttributeProto.AttributeType.INTS);
        for (long axis : axes) {
            reduced.addInts(axis);
        }
        return node(operator, from, to, reduced, integer("keepdims", keep ? 1 : 0));
    }

    /** Multiplies by a number that lies in another file, at its beginning. */
    public TinyModel timesExternal(String from, String to, String location) {
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName("factor")
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addDims(1)
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(entry("location", location))
                        .addExternalData(entry("offset", "0"))
                        .addExternalData(entry("length", "4")));
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Mul")
                        .addInput(from)
                        .addInput("factor")
                        .addOutput(to));
        return this;
    }

    /** Reshapes to a shape that does not follow from the input's, as a baked-in table would. */
    public TinyModel reshape(String from, String to, long... shape) {
        TensorProto.Builder constant =
                TensorProto.newBuilder()
                        .setName("shape")
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(shape.length);
        for (long size : shape) {
            constant.addInt64Data(size);
        }
        graph.addInitializer(constant);
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Reshape")
                        .addInput(from)
                        .addInput("shape")
                        .addOutput(to));
        return this;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    public TinyModel cast(String from, String to, TensorProto.DataType type) {
        return node("Cast", from, to, integer("to", type.getNumber()));
    }

    private static AttributeProto.Builder integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    /**
     * One constant, broadcast: as many values as the shape says out of one.
     *
     * @param shape of the output
     */
    TinyModel expand(String from, String to, long... shape) {
        graph.addInitializer(integers("shape-of-" + to, shape));
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Expand")
                        .addInput(from)
                        .addInput("shape-of-" + to)
                        .addOutput(to));
        return this;
    }

    TinyModel constant(String name, float value) {
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(value));
        return this;
    }

    TinyModel multiply(String left, String right, String product) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Mul")
                        .addInput(left)
                        .addInput(right)
                        .addOutput(product));
        return this;
    }

    /**
     * The largest value around each.
     *
     * @param side of the square that is looked at
     */
    TinyModel maxPool(String from, String to, long side) {
        return node(
                "MaxPool",
                from,
                to,
                AttributeProto.newBuilder()
                        .setName("kernel_shape")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(side)
                        .addInts(side));
    }

    /** Cuts an axis down to its first values. */
    TinyModel first(String from, String to, long axis, long values) {
        graph.addInitializer(integers("starts", 0));
        graph.addInitializer(integers("ends", values));
        graph.addInitializer(integers("axes", axis));
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Slice")
                        .addInput(from)
                        .addInput("starts")
                        .addInput("ends")
                        .addInput("axes")
                        .addOutput(to));
        return this;
    }

    /**
     * Adds one to the value again and again.
     *
     * @param steps an initializer of one number, or another value of the graph, int64
     */
    TinyModel loop(String from, String to, String steps) {
        GraphProto.Builder body = GraphProto.newBuilder().setName("step");
        body.addInput(value("turn", TensorProto.DataType.INT64));
        body.addInput(value("go-on", TensorProto.DataType.BOOL));
        body.addInput(value("before", TensorProto.DataType.FLOAT, "b", 1, "h", "w"));
        body.addInitializer(
                TensorProto.newBuilder()
                        .setName("one")
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(1));
        body.addNode(
                NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("go-on")
                        .addOutput("going-on"));
        body.addNode(
                NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput("before")
                        .addInput("one")
                        .addOutput("after"));
        body.addOutput(value("going-on", TensorProto.DataType.BOOL));
        body.addOutput(value("after", TensorProto.DataType.FLOAT, "b", 1, "h", "w"));
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Loop")
                        .addInput(steps)
                        .addInput("")
                        .addInput(from)
                        .addOutput(to)
                        .addAttribute(
                                AttributeProto.newBuilder()
                                        .setName("body")
                                        .setType(AttributeProto.AttributeType.GRAPH)
                                        .setG(body)));
        return this;
    }

    TinyModel steps(String name, long number) {
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addInt64Data(number));
        return this;
    }

    private static TensorProto integers(String name, long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    private TinyModel node(
            String operator, String from, String to, AttributeProto.Builder... attributes) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).addInput(from).addOutput(to);
        for (AttributeProto.Builder attribute : attributes) {
            node.addAttribute(attribute);
        }
        graph.addNode(node);
        return this;
    }

    private static ValueInfoProto value(
            String name, TensorProto.DataType type, Object... dimensions) {
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        var tensor = info.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
        tensor.getShapeBuilder();
        for (Object dimension : dimensions) {
            if (dimension instanceof Number number) {
                tensor.getShapeBuilder().addDimBuilder().setDimValue(number.longValue());
            } else {
                tensor.getShapeBuilder().addDimBuilder().setDimParam(dimension.toString());
            }
        }
        return info.build();
    }

    /** Writes the model to a file. */
    public Path write(Path file) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
        model.addOpsetImportBuilder().setVersion(17);
        metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
        return Files.write(file, model.build().toByteArray());
    }
}
