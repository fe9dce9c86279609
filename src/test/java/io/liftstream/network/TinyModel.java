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
        TinyModel model = new TinyModel();
        model.input("image", TensorProto.DataType.FLOAT, batch, 3, height, width);
        model.reduce("ReduceMean", "image", "depth", true, 1);
        model.output("depth", TensorProto.DataType.FLOAT, batch, 1, height, width);
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
