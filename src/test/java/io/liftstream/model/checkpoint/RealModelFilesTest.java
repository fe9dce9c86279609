package io.liftstream.model.checkpoint;

import static io.liftstream.model.checkpoint.NetworkPrecision.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.files.NpyFile;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.catalogue.CheckpointKinds;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.testing.SharedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checkpoints as training programs and hubs make them. Each situation is either the network that it
 * holds, number by number, or a refusal that names what is wrong.
 */
class RealModelFilesTest {
    private static final String RELATIVE = "depth_anything_v2_vits.pth";
    private static final InputSizeRule.Fixed SIZE = new InputSizeRule.Fixed(28, 42);

    private static final Map<String, TorchFile.Tensor> NETWORK = network(1);
    private static final TorchFile.Tensor OTHER =
            new TorchFile.Tensor(List.of(2L), () -> new byte[2 * Float.BYTES]);

    /** A file and how it is named, with the networks that its keys are chosen from. */
    record Situation(String fileName, Object root, String tensors) {}

    @TempDir private static Path shared;
    @TempDir private Path folder;

    private static float[] relative;
    private static float[] relativeV1;
    private static float[] metric;

    @BeforeAll
    static void computeReferences() throws IOException {
        Path plain = TorchFile.write(shared.resolve("plain.pth"), NETWORK);
        relative = run(shared, plain, ConversionSettings.of(CheckpointKind.V2_RELATIVE));
        relativeV1 =
                run(
                        shared,
                        plain,
                        ConversionSettings.of(
                                CheckpointKind.relative(CheckpointFamily.DEPTH_ANYTHING_V1)));
        metric = run(shared, plain, ConversionSettings.of(CheckpointKind.metric(20)));
        assertThat(relative).isNotEqualTo(relativeV1).isNotEqualTo(metric);
    }

    private static Map<String, TorchFile.Tensor> network(long seed) {
        Map<String, TorchFile.Tensor> network = RandomCheckpoint.small(seed);
        network.put(
                "pretrained.mask_token",
                new TorchFile.Tensor(List.of(1L, 64L), () -> new byte[64 * Float.BYTES]));
        return network;
    }

    @ParameterizedTest
    @MethodSource("wrappings")
    void findsTheWeightsUnderAnyWrapper(Situation situation) throws IOException {
        Path file = TorchFile.write(folder.resolve(situation.fileName()), situation.root());
        assertThat(convertAndRun(file, situation.tensors())).isEqualTo(relative);
    }

    static Stream<Arguments> wrappings() {
        List<Arguments> cases = new ArrayList<>();
        add(cases, "plain", NETWORK);
        add(cases, "state_dict", Map.of("state_dict", NETWORK));
        Map<String, Object> trainer = new LinkedHashMap<>();
        trainer.put("model", prefixed("module.", NETWORK));
        trainer.put("optimizer", Map.of("state", Map.of(0, Map.of("exp_avg", OTHER))));
        trainer.put("epoch", 119);
        trainer.put("previous_best", Map.of("d1", 0.98, "rmse", OTHER));
        add(cases, "the authors' train.py", trainer);
        add(cases, "Lightning", Map.of("state_dict", prefixed("model.", NETWORK), "loops", 1));
        add(cases, "torch.compile", prefixed("_orig_mod.", NETWORK));
        add(cases, "compiled and distributed", prefixed("model.module._orig_mod.", NETWORK));
        add(cases, "a prefix of one's own", prefixed("student.depth.", NETWORK));
        add(cases, "nested three deep", Map.of("ckpt", Map.of("nets", Map.of("g", NETWORK))));
        add(cases, "an average alone", Map.of("ema", prefixed("module.", NETWORK), "step", 5));
        Map<String, Object> averaged = prefixed("module.", NETWORK);
        averaged.put("n_averaged", OTHER);
        add(cases, "AveragedModel", averaged);
        beside(cases, "a NumPy scalar", NUMPY_SCALAR);
        beside(cases, "an argparse.Namespace", "cargparse\nNamespace\n)\u0081}(X\2\0\0\0lrK\1ub");
        beside(cases, "a path", "cpathlib\nPosixPath\n(X\3\0\0\0runtR");
        beside(cases, "a set", "c__builtin__\nset\n](K\1K\2e\u0085R");
        beside(cases, "bytes and a set of protocol 4", "](C\2ab\u008f(K\1\u0090e");
        beside(cases, "a defaultdict", "ccollections\ndefaultdict\nc__builtin__\nlist\n\u0085R");
        beside(cases, "tuples as keys", "}K\1K\2\u0086K\3s");
        beside(cases, "a device", "ctorch\ndevice\nX\4\0\0\0cuda\u0085R");
        add(cases, "numbers among the weights", with(NETWORK, "epoch", 3, "note", "best"));
        cases.add(situation("called .ckpt", "depth_anything_v2_vits.ckpt", NETWORK, null));
        cases.add(situation("called .bin", "depth_anything_v2_vits.bin", NETWORK, null));
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("model", network(7));
        both.put("model_ema", prefixed("module.", NETWORK));
        cases.add(situation("an average that is chosen", RELATIVE, both, "model_ema.module"));
        Map<String, Object> oneDictionary = prefixed("online.", network(7));
        oneDictionary.putAll(prefixed("ema.", NETWORK));
        cases.add(situation("an average in one dictionary", RELATIVE, oneDictionary, "ema"));
        return cases.stream();
    }

    // numpy.float64(...), as pickle protocol 2 writes it.
    private static final String NUMPY_SCALAR =
            "cnumpy._core.multiarray\nscalar\ncnumpy\ndtype\nX\2\0\0\0f8\u0089\u0088\u0087R(K\3X\1\0\0\0"
                    + "<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb"
                    + "c_codecs\nencode\nX\1\0\0\0aX\6\0\0\0latin1\u0086R\u0086R";

    @ParameterizedTest
    @MethodSource("others")
    void refusesAnotherNetworkAndNamesWhatShowsIt(Situation situation, List<String> said)
            throws IOException {
        Path file = TorchFile.write(folder.resolve(situation.fileName()), situation.root());
        assertThatThrownBy(() -> convertAndRun(file, situation.tensors()))
                .isInstanceOf(LiftingException.class)
                .satisfies(e -> said.forEach(part -> assertThat(e).hasMessageContaining(part)))
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }

    static Stream<Arguments> others() {
        List<Arguments> cases = new ArrayList<>();
        extra(cases, "a head with class tokens", "depth_head.readout_projects.0.0.weight");
        extra(cases, "batch norm", "depth_head.scratch.refinenet1.resConfUnit1.bn1.running_mean");
        extra(cases, "register tokens", "pretrained.register_tokens");
        extra(cases, "LoRA factors", "pretrained.blocks.0.attn.qkv.lora_A.weight", "merge");
        extra(cases, "a block of another kind", "pretrained.blocks.0.attn.q_norm.weight");
        extra(cases, "a scale beside the network", "log_scale");
        extra(cases, "Depth Anything 3", "pretrained.camera_token", "Depth Anything 3");
        extra(cases, "an auxiliary head", "depth_head.scratch.output_conv1_aux.0.weight");
        refused(
                cases,
                "a scale beside a Lightning module",
                with(prefixed("model.", NETWORK), "log_scale", OTHER),
                "log_scale");
        refused(
                cases,
                "the weights and their average",
                Map.of("model", NETWORK, "ema", NETWORK),
                "\"model\"",
                "\"ema\"",
                "--tensors");
        refused(
                cases,
                "Hugging Face names",
                Map.of("backbone.embeddings.cls_token", OTHER),
                "Hugging Face transformers");
        refused(
                cases,
                "Video Depth Anything",
                with(renamed("depth_head.", "head."), "head.motion_modules.0.weight", OTHER),
                "Video Depth Anything");
        refused(
                cases,
                "metric V1",
                prefixed("core.core.", renamed("depth_head.", "x.")),
                "ZoeDepth");
        refused(
                cases,
                "a whole module",
                new TorchFile.Opcodes("cdepth_anything_v2.dpt\nDepthAnythingV2\n)\u0081}b"),
                "depth_anything_v2.dpt.DepthAnythingV2",
                "torch.save(model.state_dict(), FILE)");
        refused(
                cases,
                "a call beside the weights",
                Map.of(
                        "state_dict",
                        NETWORK,
                        "x",
                        new TorchFile.Opcodes("cos\nsystem\nX\1\0\0\0a\u0085R")),
                "os.system",
                "nothing was executed");
        refused(
                cases,
                "a quantised weight",
                with(NETWORK, "pretrained.norm.bias", new TorchFile.Opcodes(NUMPY_SCALAR)),
                "pretrained.norm.bias",
                "numpy._core.multiarray.scalar");
        refused(cases, "no weights at all", Map.of("epoch", 3), "pretrained.cls_token");
        cases.add(
                Arguments.of(
                        Named.of(
                                "a path that is not there",
                                new Situation(RELATIVE, NETWORK, "ema")),
                        List.of("tensors is ema")));
        Map<String, Object> scaled = with(NETWORK, "log_scale", OTHER);
        cases.add(
                Arguments.of(
                        Named.of(
                                "another network of which nothing is known",
                                new Situation("latest.pth", scaled, null)),
                        List.of("what nothing reads is log_scale")));
        cases.add(
                Arguments.of(
                        Named.of("nothing known of it", new Situation("latest.pth", NETWORK, null)),
                        List.of("latest.pth", "family, output", "conf/models.yaml")));
        cases.add(
                Arguments.of(
                        Named.of(
                                "Depth Anything 3 by its name",
                                new Situation("da3-small.pth", NETWORK, null)),
                        List.of("Depth Anything 3")));
        return cases.stream();
    }

    @ParameterizedTest
    @CsvSource({"v1", "metric"})
    void computesWhatTheKindSays(String kind) throws IOException {
        boolean v1 = kind.equals("v1");
        String name =
                v1 ? "depth_anything_vits14.pth" : "depth_anything_v2_metric_hypersim_vits.pth";
        Path file = TorchFile.write(folder.resolve(name), NETWORK);
        assertThat(convertAndRun(file, null)).isEqualTo(v1 ? relativeV1 : metric);
    }

    @ParameterizedTest
    @CsvSource({"'', model.safetensors", "model., whatever.bin"})
    void readsSafetensorsWhateverTheyAreCalled(String prefix, String name) throws IOException {
        Map<String, TorchFile.Tensor> tensors = new LinkedHashMap<>();
        NETWORK.forEach((key, tensor) -> tensors.put(prefix + key, tensor));
        Path file = TorchFile.writeSafetensors(folder.resolve(name), tensors);
        ConversionSettings options = ConversionSettings.of(CheckpointKind.V2_RELATIVE);
        assertThat(run(folder, file, options)).isEqualTo(relative);
    }

    /** Inputs and outputs of PyTorch that lie beside the checkout. */
    @ParameterizedTest
    @CsvSource({
        "40-official-train-latest/latest.pth, plain_56x84.npy",
        "41-lightning/last.ckpt, plain_56x84.npy",
        "44-numpy-scalar-beside-weights/best.pth, plain_56x84.npy",
        "46-depth-anything-v1-small/depth_anything_vits14.pth, depth_anything_vits14_v1_56x84.npy",
        "48-metric-file-taken-as-relative/depth_anything_v2_metric_hypersim_vits.pth,"
                + " metric_hypersim_20_56x84.npy"
    })
    void reproducesPyTorch(String checkpoint, String expected) throws IOException {
        Path file = SharedFiles.require("cases").resolve(checkpoint);
        CheckpointKind kind =
                file.getFileName().toString().startsWith("depth_anything")
                        ? decide(file, StatedConversion.NOTHING)
                        : CheckpointKind.V2_RELATIVE;
        ConversionSettings options =
                ConversionSettings.of(kind).with(new InputSizeRule.Fixed(56, 84), FLOAT32);
        float[] input = NpyFile.read(file.resolveSibling("in_56x84.npy")).floats();
        float[] output = NpyFile.read(file.resolveSibling(expected)).floats();
        float[] actual = run(folder, file, options, input);
        assertThat(actual).hasSameSizeAs(output);
        for (int i = 0; i < output.length; i++) {
            assertThat(actual[i]).isCloseTo(output[i], org.assertj.core.data.Offset.offset(5e-4f));
        }
    }

    private static void add(List<Arguments> cases, String name, Object root) {
        cases.add(situation(name, RELATIVE, root, null));
    }

    private static Arguments situation(String name, String file, Object root, String tensors) {
        return Arguments.of(Named.of(name, new Situation(file, root, tensors)));
    }

    private static void beside(List<Arguments> cases, String name, String opcodes) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("best", new TorchFile.Opcodes(opcodes));
        root.put("state_dict", NETWORK);
        add(cases, name + " beside the weights", root);
    }

    private static void extra(List<Arguments> cases, String name, String tensor, String... said) {
        List<String> all = new ArrayList<>(List.of("what nothing reads is", tensor));
        all.addAll(List.of(said));
        refused(cases, name, with(NETWORK, tensor, OTHER), all.toArray(String[]::new));
    }

    private static void refused(List<Arguments> cases, String name, Object root, String... said) {
        Situation situation = new Situation(RELATIVE, root, null);
        cases.add(Arguments.of(Named.of(name, situation), List.of(said)));
    }

    private static Map<String, Object> with(Map<String, ?> network, Object... more) {
        Map<String, Object> root = new LinkedHashMap<>(network);
        for (int i = 0; i < more.length; i += 2) {
            root.put((String) more[i], more[i + 1]);
        }
        return root;
    }

    private static Map<String, Object> prefixed(String prefix, Map<String, ?> network) {
        Map<String, Object> names = new LinkedHashMap<>();
        network.forEach((name, tensor) -> names.put(prefix + name, tensor));
        return names;
    }

    private static Map<String, Object> renamed(String from, String to) {
        Map<String, Object> names = new LinkedHashMap<>();
        NETWORK.forEach((name, tensor) -> names.put(name.replace(from, to), tensor));
        return names;
    }

    private static CheckpointKind decide(Path file, StatedConversion stated) throws IOException {
        return new CheckpointKinds(ModelCatalogue.bundled())
                .decide(file, file.toString(), stated)
                .kind();
    }

    private float[] convertAndRun(Path file, String tensors) throws IOException {
        CheckpointKind kind =
                decide(file, new StatedConversion(StatedKind.NOTHING, tensors, FLOAT32));
        return run(folder, file, ConversionSettings.of(kind).withTensors(tensors));
    }

    private static float[] run(Path folder, Path file, ConversionSettings options)
            throws IOException {
        float[] waves = new float[3 * SIZE.height() * SIZE.width()];
        for (int i = 0; i < waves.length; i++) {
            waves[i] = (float) Math.sin(i * 0.1);
        }
        return run(folder, file, options.with(SIZE, FLOAT32), waves);
    }

    private static float[] run(Path folder, Path file, ConversionSettings options, float[] values)
            throws IOException {
        Path onnx = folder.resolve("converted.onnx");
        CheckpointConverter.convert(file, "0".repeat(64), options, onnx);
        FloatBuffer input =
                ByteBuffer.allocateDirect(values.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer()
                        .put(values)
                        .flip();
        InputSizeRule.Fixed size = (InputSizeRule.Fixed) options.inputSize();
        ExecutionSettings cpu = ExecutionSettings.cpu(1);
        try (DepthNetwork network = DepthNetwork.open(onnx, DeclaredFacts.NOTHING, cpu)) {
            return network.run(input, 1, size.height(), size.width()).values();
        }
    }
}
