package io.liftstream.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import io.liftstream.model.facts.FileHash;
import io.liftstream.network.ChildJvm;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lift photo.jpg --model NAME}, where the model is another machine's. */
class LiftDownloadITCase {
    private static final Path MODEL =
            Path.of("src/main/resources/io/liftstream/models/liftstream-tiny.onnx");
    private static final Path PHOTO =
            Path.of("src/main/resources/io/liftstream/models/liftstream-tiny.png");

    @TempDir private Path folder;

    @Test
    void aModelOfTheCatalogueIsDownloadedOnceAndItsProgressShown() throws Exception {
        Path keys = ModelServer.makeKeys(folder);
        try (ModelServer server = new ModelServer(keys)) {
            server.on("/a/tiny.onnx", ModelServer.content(Files.readAllBytes(MODEL)));
            Path catalogue = catalogue(server.address("/a/tiny.onnx"));

            String first = lift(keys, catalogue);
            String second = lift(keys, catalogue);

            assertThat(first)
                    .contains("Downloading " + server.address("/a/tiny.onnx") + " (5 MiB)")
                    .contains("tiny.onnx: 5 of 5 MiB")
                    .contains("\"points\":");
            assertThat(second).doesNotContain("Downloading").contains("\"points\":");
            assertThat(server.requests()).containsExactly("/a/tiny.onnx");
        }
    }

    private Path catalogue(URI address) throws Exception {
        return Files.writeString(
                folder.resolve("models.yaml"),
                String.join(
                        "\n",
                        "default: small",
                        "models:",
                        "  small:",
                        "    source: " + address,
                        "    sha256: " + FileHash.sha256(MODEL),
                        "    input-size: fixed:192x256",
                        "    mean: 0.485, 0.456, 0.406",
                        "    std: 0.229, 0.224, 0.225",
                        "    output: inverse-relative"));
    }

    private String lift(Path keys, Path catalogue) throws Exception {
        return ChildJvm.start(
                        Map.of(
                                "HTTPS_PROXY",
                                "",
                                "https_proxy",
                                "",
                                "LIFTSTREAM_OFFLINE",
                                "",
                                "ORT_DISABLE_TELEMETRY",
                                "1",
                                "LIFTSTREAM_MODEL_CACHE",
                                folder.resolve("cache").toString()),
                        List.of(
                                "-Djavax.net.ssl.trustStore=" + keys,
                                "-Djavax.net.ssl.trustStorePassword=" + ModelServer.PASSWORD),
                        Launcher.class,
                        List.of(
                                "lift",
                                PHOTO.toString(),
                                "--out",
                                folder.resolve("out").toString(),
                                "--point-cloud",
                                "--catalogue",
                                catalogue.toString(),
                                "--model",
                                "small"))
                .output();
    }
}
