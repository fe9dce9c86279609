package io.liftstream.lifting;

import ai.onnx.proto.OnnxMl;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network of two nodes for tests: its output is 1 / (mean of red, green and blue), so darker is
 * nearer, and a black pixel is infinite.
 */
public final class BrightnessModel {
    private BrightnessModel() {}

    /** Opens the model, the only one of its catalogue, from a folder that it is written to. */
    static DepthModels open(Path folder) throws IOException {
        return new DepthModels(
                ModelCatalogue.read(write(folder, "output: inverse-relative")),
                new ModelStore(folder.resolve("store")),
                ExecutionSettings.cpu(1),
                "brightness");
    }

    /** Writes the model and a catalogue that states what its output means, a line a fact. */
    public static Path write(Path folder, String... output) throws IOException {
        Files.write(folder.resolve("brightness.onnx"), onnx());
        return Files.writeString(
                folder.resolve("models.yaml"),
                """
                default: brightness
                models:
                  brightness:
                    source: brightness.onnx
                    licence: Apache-2.0
                    input-size: aspect:28:14
                    mean: 0,0,0
                    std: 1,1,1
                    %s
                """
                        .formatted(String.join("\n    ", output)));
    }

    private static byte[] onnx() {
        OnnxMl.NodeProto mean =
                OnnxMl.NodeProto.newBuilder()
                        .setOpType("ReduceMean")
                        .addInput("image")
                        .addOutput("mean")
                        .addAttribute(
                                OnnxMl.AttributeProto.newBuilder()
                                        .setName("axes")
                                        .setType(OnnxMl.AttributeProto.AttributeType.INTS)
                                        .addInts(1))
                        .addAttribute(
                                OnnxMl.AttributeProto.newBuilder()
                                        .setName("keepdims")
                                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                                        .setI(0))
                        .build();
        OnnxMl.NodeProto reciprocal =
                OnnxMl.NodeProto.newBuilder()
                        .setOpType("Reciprocal")
                        .addInput("mean")
                        .addOutput("depth")
                        .build();
        OnnxMl.GraphProto graph =
                OnnxMl.GraphProto.newBuilder()
                        .setName("brightness")
                        .addNode(mean)
                        .addNode(reciprocal)
                        .addInput(floats("image", "batch", "3", "height", "width"))
                        .addOutput(floats("depth", "batch", "height", "width"))
                        .build();
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static OnnxMl.ValueInfoProto floats(String name, String... dimensions) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            OnnxMl.TensorShapeProto.Dimension.Builder length =
                    OnnxMl.TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension.equals("3") ? length.setDimValue(3) : length.setDimParam(dimension));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        OnnxMl.TypeProto.newBuilder()
                                .setTensorType(
                                        OnnxMl.TypeProto.Tensor.newBuilder()
                                                .setElemType(
                                                        OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                                                .setShape(shape)))
                .build();
    }
}
