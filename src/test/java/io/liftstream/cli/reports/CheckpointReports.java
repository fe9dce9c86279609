package io.liftstream.cli.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.model.checkpoint.RandomCheckpoint;
import io.liftstream.model.checkpoint.TorchFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checkpoints as training programs save them. What no tensor shows is stated, known of a published
 * file, or asked for: the wrapping may differ, the network is the same.
 */
final class CheckpointReports {
    private static final Map<String, TorchFile.Tensor> NETWORK = RandomCheckpoint.small(1);
    private static final TorchFile.Tensor OTHER =
            new TorchFile.Tensor(List.of(2L), () -> new byte[2 * Float.BYTES]);

    /** numpy.float64(...), as pickle protocol 2 writes it. */
    private static final String NUMPY_SCALAR =
            "cnumpy._core.multiarray\nscalar\ncnumpy\ndtype\nX\2\0\0\0f8\u0089\u0088\u0087R(K\3X\1\0\0\0"
                    + "<NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb"
                    + "c_codecs\nencode\nX\1\0\0\0aX\6\0\0\0latin1\u0086R\u0086R";

    private static final String[] V2 = {"--family", "depth-anything-v2", "--relative"};
    private static final String[] V1 = {"--family", "depth-anything-v1", "--relative"};
    private static final String[] METRIC = {"--metric", "20"};

    private CheckpointReports() {}

    static Stream<FieldReport> all() {
        return Stream.of(
                new FieldReport(
                        "40 what the authors' own training program saves",
                        desk ->
                                same(
                                        desk,
                                        "latest.pth",
                                        Map.of("model", prefixed("module."), "epoch", 119))),
                new FieldReport(
                        "41 a Lightning checkpoint, whatever its ending",
                        desk ->
                                same(
                                        desk,
                                        "last.ckpt",
                                        Map.of("state_dict", prefixed("model."), "loops", 1))),
                new FieldReport(
                        "41 beside: a compiled and distributed network",
                        desk -> same(desk, "last.pt", prefixed("module._orig_mod."))),
                new FieldReport(
                        "44 a NumPy scalar beside the weights",
                        desk ->
                                same(
                                        desk,
                                        "best.pth",
                                        Map.of(
                                                "state_dict",
                                                NETWORK,
                                                "best",
                                                new TorchFile.Opcodes(NUMPY_SCALAR)))),
                new FieldReport(
                        "46 Depth Anything V1 by the name of its published file",
                        desk -> known(desk, "depth_anything_vits14.pth", V1)),
                new FieldReport(
                        "48 a metric head by the name of its published file",
                        desk -> known(desk, "depth_anything_v2_metric_hypersim_vits.pth", METRIC)),
                new FieldReport(
                        "48 beside: of a file that was renamed it is asked for",
                        desk -> asked(desk, "rooms.pth")),
                new FieldReport(
                        "50 a head that reads class tokens is refused and named",
                        desk -> another(desk, "depth_head.readout_projects.0.0.weight")),
                new FieldReport(
                        "50 beside: so are LoRA factors",
                        desk -> another(desk, "pretrained.blocks.0.attn.qkv.lora_A.weight")),
                new FieldReport("52 safetensors", CheckpointReports::safetensors));
    }

    /**
     * lift asks for what nothing shows. convert takes Depth Anything V2, with a warning, and
     * computes the plain network.
     */
    private static void same(ReportDesk desk, String name, Object root) throws IOException {
        Path file = desk.folder().resolve(name);
        if (name.endsWith(".safetensors")) {
            TorchFile.writeSafetensors(file, NETWORK);
        } else {
            TorchFile.write(file, root);
        }
        asks(desk, file);
        assertThat(depth(desk, file)).isEqualTo(depth(desk, plain(desk), V2));
        assertThat(depth(desk, file, V2)).isEqualTo(depth(desk, plain(desk), V2));
    }

    /** An entry of a catalogue states what the refusal asks for. */
    private static void safetensors(ReportDesk desk) throws IOException {
        same(desk, "model.safetensors", NETWORK);
        asks(desk, desk.folder().resolve("model.safetensors"));
        String entry =
                "{default: model, models: {model: {source: model.safetensors, family:"
                        + " depth-anything-v2, output: inverse-relative}}}";
        Path catalogue = desk.write("models.yaml", entry.getBytes(StandardCharsets.UTF_8));
        Path own = desk.folder().resolve("cache");
        desk.run("model", "--cache", own, "--catalogue", catalogue, "pull", "model").succeeds();
        Path pulled = Path.of(desk.output().strip());
        Path plain = desk.folder().resolve("anySize.onnx");
        List<Object> words = new ArrayList<>(List.of("model", "convert", plain(desk), plain));
        words.addAll(List.of(V2));
        desk.run(words.toArray()).succeeds();
        assertThat(lifted(desk, pulled)).isEqualTo(lifted(desk, plain));
    }

    private static Path plain(ReportDesk desk) throws IOException {
        return TorchFile.write(desk.folder().resolve("plain.pth"), NETWORK);
    }

    private static void asked(ReportDesk desk, String name) throws IOException {
        asks(desk, TorchFile.write(desk.folder().resolve(name), NETWORK));
    }

    private static void asks(ReportDesk desk, Path file) throws IOException {
        String[] said = {
            "the file does not say what it computes (family, output)",
            "conf/models.yaml",
            "--family and --relative or --metric METRES"
        };
        desk.run("model", "convert", file, desk.folder().resolve("out.onnx"))
                .succeeds()
                .says("is read as depth-anything-v2, inverse-relative (assumed)", "WARNING: ");
        desk.lift(desk.picture("base.png", 42, 28), "--model", file)
                .fails(2)
                .says("--model is " + file + ": ")
                .says(said);
    }

    private static void known(ReportDesk desk, String name, String... same) throws IOException {
        Path file = TorchFile.write(desk.folder().resolve(name), NETWORK);
        float[] depth = depth(desk, file);
        assertThat(depth)
                .isEqualTo(depth(desk, plain(desk), same))
                .isNotEqualTo(depth(desk, plain(desk), V2));
        desk.run("model", "convert", file, desk.folder().resolve("out.onnx"))
                .succeeds()
                .says("(known by its published name)");
    }

    private static void another(ReportDesk desk, String tensor) throws IOException {
        Map<String, Object> tensors = new LinkedHashMap<>(NETWORK);
        tensors.put(tensor, OTHER);
        Path file = TorchFile.write(desk.folder().resolve("own.pth"), tensors);
        String said = "what nothing reads is " + tensor;
        desk.run("model", "convert", file, desk.folder().resolve("out.onnx")).fails(2).says(said);
        desk.lift(desk.picture("base.png", 42, 28), "--model", file).fails(2).says(said);
    }

    private static Map<String, Object> prefixed(String prefix) {
        Map<String, Object> names = new LinkedHashMap<>();
        NETWORK.forEach((name, tensor) -> names.put(prefix + name, tensor));
        return names;
    }

    /** What the converted network makes of a picture. */
    private static float[] depth(ReportDesk desk, Path checkpoint, String... stated)
            throws IOException {
        Path model =
                desk.folder().resolve(checkpoint.getFileName() + "." + stated.length + ".onnx");
        List<Object> words = new ArrayList<>(List.of("model", "convert", checkpoint, model));
        words.addAll(List.of(stated));
        words.addAll(List.of("--input-size", "fixed:28x42"));
        desk.run(words.toArray()).succeeds().says("is read as ");
        return lifted(desk, model);
    }

    private static float[] lifted(ReportDesk desk, Path model) throws IOException {
        desk.lift(desk.picture("base.png", 42, 28), "--model", model).succeeds();
        return desk.depth("base.png");
    }
}
