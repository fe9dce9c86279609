package io.liftstream.fuzz;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.checkpoint.CheckpointConverter;
import io.liftstream.model.checkpoint.RandomCheckpoint;
import io.liftstream.model.checkpoint.TorchFile;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.network.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an operator names: checkpoints, ONNX files, catalogues, configurations. */
final class ModelFormats {
    private static final Set<Class<? extends Exception>> MODEL_REFUSALS =
            Set.of(ModelException.class, LiftingException.class, IOException.class);

    private final Path folder;

    private ModelFormats(Path folder) {
        this.folder = folder;
    }

    static List<FuzzTarget> all(Path folder) throws IOException {
        return new ModelFormats(folder).all();
    }

    private List<FuzzTarget> all() throws IOException {
        List<byte[]> catalogues = List.of(Files.readAllBytes(Path.of("conf/models.yaml")));
        return List.of(
                FuzzTarget.of(
                        "checkpoint", 1500, List.of(pickle()), this::checkpoint, MODEL_REFUSALS),
                FuzzTarget.of(
                        "safetensors",
                        1500,
                        List.of(safetensors()),
                        this::checkpoint,
                        MODEL_REFUSALS),
                FuzzTarget.of("onnx", 400, List.of(onnx()), this::onnx, MODEL_REFUSALS),
                FuzzTarget.of("catalogue", 2000, catalogues, this::catalogue, MODEL_REFUSALS),
                FuzzTarget.of(
                        "configuration",
                        2000,
                        List.of(Files.readAllBytes(Path.of("conf/live.yaml"))),
                        this::configuration,
                        Set.of(InvalidConfigurationException.class)));
    }

    /** Not the whole network: what lies about a file is in its first kilobytes. */
    private static Map<String, TorchFile.Tensor> tensors() {
        Map<String, TorchFile.Tensor> few = new LinkedHashMap<>();
        RandomCheckpoint.small(1).entrySet().stream()
                .filter(tensor -> tensor.getValue().shape().size() < 2)
                .limit(12)
                .forEach(tensor -> few.put(tensor.getKey(), tensor.getValue()));
        few.put(
                "pretrained.cls_token",
                new TorchFile.Tensor(List.of(1L, 1L, 64L), () -> new byte[64 * Float.BYTES]));
        return few;
    }

    private byte[] pickle() throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("epoch", 3);
        root.put("args", new TorchFile.Opcodes("cargparse\nNamespace\n)\u0081}(X\2\0\0\0lrK\1ub"));
        root.put("state_dict", tensors());
        return Files.readAllBytes(TorchFile.write(folder.resolve("sample.pth"), root));
    }

    private byte[] safetensors() throws IOException {
        return Files.readAllBytes(
                TorchFile.writeSafetensors(folder.resolve("sample.safetensors"), tensors()));
    }

    private byte[] onnx() throws IOException {
        return Files.readAllBytes(
                TinyModel.meanOfChannels("b", 14, 14).write(folder.resolve("sample.onnx")));
    }

    /** The sample itself is no network; that is a refusal like others. */
    private void checkpoint(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("damaged.pth"), content);
        try {
            CheckpointConverter.requireNetwork(file, null);
        } catch (ModelException e) {
            requirePrintable(e.getMessage());
        }
    }

    private void onnx(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("damaged.onnx"), content);
        DepthNetwork.open(file, DeclaredFacts.NOTHING, ExecutionSettings.cpu(1)).close();
    }

    private void catalogue(byte[] content) throws IOException {
        ModelCatalogue.read(Files.write(folder.resolve("models.yaml"), content)).entries();
    }

    private void configuration(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("job.yaml"), content);
        JobSettingsReader.read(ConfigurationLoader.load(file, List.of()));
    }

    private static void requirePrintable(String message) {
        if (message.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalStateException("text that a terminal would obey: " + message);
        }
    }
}
