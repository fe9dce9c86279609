package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed of a configuration: all of it but its secrets, and the job reads it back. */
class ConfigurationTextTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.50",
                "0123",
                "true",
                "no",
                "null",
                "~",
                "",
                " a ",
                "a: b",
                "a # b",
                "*a",
                "- a",
                "it's",
                "\"q\"",
                "{a",
                "[a",
                "@a",
                "%a",
                "line\nline",
                "2026-01-31",
                "0x1F",
                "1:30",
                ".5",
                "-.inf",
                "+1e3",
                "Käse"
            })
    void everyTextIsReadBackAsItWas(String value) throws Exception {
        Configuration said = load("--kafka.properties.client.id", value);

        assertThat(readBack(said)).isEqualTo(said.toMap());
    }

    @Test
    void whatIsReadBackIsWhatWasSaidAndNoDefaultBesides() throws Exception {
        Configuration said =
                load(
                        "--models.allowed",
                        "a;b",
                        "--cameras.dock-3.fx",
                        "910.5",
                        "--flink.execution.checkpointing.dir",
                        "file:///tmp/x",
                        "--ordering.flush-after",
                        "5 s");

        assertThat(readBack(said)).isEqualTo(said.toMap());
        assertThat(ConfigurationText.of(said))
                .contains("\n# job.name: liftstream\n")
                .contains("\nordering.flush-after: 5 s\n");
        assertThat(keys(said)).isSorted().contains("live.max-age");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.properties.sasl.jaas.config, hunter2",
        "kafka.properties.ssl.key.password, hunter2",
        "kafka.properties.ssl.keystore.key, hunter2",
        "kafka.properties.sasl.oauthbearer.assertion.private.key.passphrase, hunter2",
        "flink.s3.secret-key, hunter2",
        "flink.s3.access-key, hunter2",
        "model.default, https://me:hunter2@models.example/a.onnx",
        "model.default, https://models.example/a.onnx?signature=hunter2",
        "models.allowed, tiny;https://models.example/a.onnx?signature=hunter2;small",
    })
    void aSecretIsMasked(String key, String value) throws Exception {
        String printed = ConfigurationText.of(load("--" + key, value));

        assertThat(printed).contains(key).contains("******").doesNotContain("hunter2");
        assertThat(ConfigurationLoader.load(written(printed), List.of()).keySet()).contains(key);
    }

    @Test
    void aCameraMayBeCalledWhatItLikes() {
        assertThat(ConfigurationText.of(load("--cameras.secret-hall.fx", "910.5")))
                .contains("cameras.secret-hall.fx: \"910.5\"");
    }

    private static List<String> keys(Configuration said) {
        return ConfigurationText.of(said)
                .lines()
                .map(line -> line.replaceFirst("^# ", "").replaceFirst(": .*", ""))
                .toList();
    }

    private Map<String, String> readBack(Configuration said) throws Exception {
        return ConfigurationLoader.load(written(ConfigurationText.of(said)), List.of()).toMap();
    }

    private Path written(String yaml) throws Exception {
        return Files.writeString(folder.resolve("printed.yaml"), yaml);
    }

    private static Configuration load(String... words) {
        return ConfigurationLoader.load(null, List.of(words));
    }
}
