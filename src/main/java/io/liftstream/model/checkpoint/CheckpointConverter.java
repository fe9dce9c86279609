package io.liftstream.model.checkpoint;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.CodedOutputStream;
import io.liftstream.frame.ModelException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.ModelMetadata;
import io.liftstream.model.facts.OutputMeaning;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a Depth Anything checkpoint into an ONNX file that states its own facts. */
public final class CheckpointConverter {
    /** Changes whenever equal input would give another file, so that old conversions are redone. */
    public static final int VERSION = 2;

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int BUFFER = 1 << 16;

    private CheckpointConverter() {}

    /**
     * {@return whether a file is a checkpoint, by how it begins and never by what it is called}
     *
     * @param file any file
     * @throws IOException where it cannot be read
     */
    public static boolean isCheckpoint(Path file) throws IOException {
        return CheckpointContainer.Format.of(CheckpointContainer.start(file))
                != CheckpointContainer.Format.NONE;
    }

    /**
     * Refuses a file that holds no network that is known here, whatever is stated about it.
     *
     * @param checkpoint a file of any kind
     * @param tensors which network, where the file holds several; or null
     * @throws ModelException naming what is wrong with it
     * @throws IOException where it cannot be read
     */
    public static void requireNetwork(Path checkpoint, String tensors) throws IOException {
        try (StateDictionary dictionary = StateDictionary.open(checkpoint, tensors)) {
            shape(dictionary);
        }
    }

    private static DepthAnythingShape shape(StateDictionary tensors) {
        DepthAnythingShape shape = DepthAnythingShape.of(tensors);
        UnreadTensors.check(tensors.names(), shape.expectedTensors().keySet());
        return shape;
    }

    /**
     * Converts a checkpoint.
     *
     * @param checkpoint a PyTorch or safetensors file, whatever it is called
     * @param sha256 of the checkpoint, which the result states as its source
     * @param options what the checkpoint does not say about itself
     * @param target the ONNX file, replaced if it exists; while it is written, a file of about its
     *     size lies beside it
     * @throws ModelException naming what is wrong with the checkpoint
     * @throws IOException where a file cannot be read or written
     */
    public static void convert(
            Path checkpoint, String sha256, ConversionSettings options, Path target)
            throws IOException {
        Path scratch =
                Files.createTempFile(target.toAbsolutePath().getParent(), "weights-", ".part");
        try (StateDictionary tensors = StateDictionary.open(checkpoint, options.tensors());
                WeightFile weights = new WeightFile(scratch)) {
            DepthAnythingShape shape = shape(tensors);
            requireMultipleOfPatch(options.inputSize(), shape.patch());
            OnnxGraph graph = new OnnxGraph("depth_anything", weights, options.precision());
            addNetwork(graph, new NetworkWeights(tensors, graph), shape, options);
            write(graph, metadata(sha256, shape, options), target);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static void requireMultipleOfPatch(InputSizeRule rule, int patch) {
        boolean fits =
                rule instanceof InputSizeRule.Fixed fixed
                        ? fixed.height() % patch == 0 && fixed.width() % patch == 0
                        : ((InputSizeRule.AspectPreserving) rule).multiple() % patch == 0;
        if (!fits) {
            throw Refusal.of("input_size", rule, "must be in multiples of the patch, " + patch);
        }
    }

    private static void addNetwork(
            OnnxGraph graph,
            NetworkWeights weights,
            DepthAnythingShape shape,
            ConversionSettings options)
            throws IOException {
        Object height = "height";
        Object width = "width";
        if (options.inputSize() instanceof InputSizeRule.Fixed fixed) {
            height = fixed.height();
            width = fixed.width();
        }
        String image = graph.input("image", "batch", 3, height, width);
        CheckpointKind kind = options.kind();
        EncoderGraph encoder =
                new EncoderGraph(
                        graph, weights, shape, options.attention(), kind.tapsOf(shape.layers()));
        String patches = encoder.patches(graph.narrowed(image));
        GridScale scale = new GridScale(graph, options.inputSize(), shape.patch(), patches);
        List<String> taps = encoder.taps(patches, scale);
        String logits = graph.widened(new HeadGraph(graph, weights, shape, scale).logits(taps));
        boolean metric = kind.output() == OutputMeaning.METRIC;
        String depth = metric ? metres(graph, logits, kind) : inverseDepth(graph, logits);
        graph.output(depth, metric ? "depth" : "inverse_depth", "batch", 1, height, width);
    }

    private static String inverseDepth(OnnxGraph graph, String logits) {
        return graph.node("Relu", List.of(logits));
    }

    private static String metres(OnnxGraph graph, String logits, CheckpointKind kind) {
        String share = graph.node("Sigmoid", List.of(logits));
        return graph.node("Mul", List.of(share, graph.scalar((float) kind.maxDepth())));
    }

    private static Map<String, String> metadata(
            String sha256, DepthAnythingShape shape, ConversionSettings options) {
        CheckpointKind kind = options.kind();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("input_size", FactsText.inputSize(options.inputSize()));
        facts.put("layout", "NCHW");
        facts.put("color", "RGB");
        facts.put("range", "0..1");
        facts.put("mean", "0.485,0.456,0.406");
        facts.put("std", "0.229,0.224,0.225");
        facts.put("output", kind.output().text());
        facts.put("unit_factor", "1");
        facts.put("source_sha256", sha256);
        facts.put("family", kind.family().text());
        facts.put("taps", kind.tapsOf(shape.layers()).toString());
        facts.put("encoder", "hidden " + shape.hidden() + ", blocks " + shape.layers());
        facts.put("converter", Integer.toString(VERSION));
        if (kind.maxDepth() > 0) {
            facts.put("max_depth", Double.toString(kind.maxDepth()));
        }
        return facts;
    }

    private static void write(OnnxGraph graph, Map<String, String> facts, Path target)
            throws IOException {
        ModelProto.Builder model =
                ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("liftstream");
        model.addOpsetImportBuilder().setVersion(OPSET);
        model.addOpsetImportBuilder().setDomain(OnnxGraph.MICROSOFT).setVersion(1);
        facts.forEach(
                (key, value) ->
                        model.addMetadataProps(
                                StringStringEntryProto.newBuilder()
                                        .setKey(ModelMetadata.PREFIX + key)
                                        .setValue(value)));
        try (OutputStream file = Files.newOutputStream(target)) {
            CodedOutputStream out = CodedOutputStream.newInstance(file, BUFFER);
            model.build().writeTo(out);
            graph.writeTo(out);
            out.flush();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }
}
