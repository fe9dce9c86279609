package io.liftstream.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code job} with {@code --validate}, {@code --print-config} and {@code --print-plan}. */
class JobInspectionITCase {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedBroker broker;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aJobIsInspectedAndNotSubmitted() throws Exception {
        JobTopics topics = new JobTopics("looked.frames", "looked.depth", "liftstream.rejected");
        broker.createTopics(topics, 1);
        String live = configuration(topics).toString();

        assertThat(command.run("job", live, "--validate")).isZero();
        assertThat(command.output()).contains("No errors in").contains("nothing was submitted");
        assertThat(
                        command.run(
                                "job",
                                live,
                                "--validate",
                                "--job.nmae",
                                "x",
                                "--batching.max-frames",
                                "many",
                                "--image.max-pixels",
                                "0",
                                "--cameras.dock.fx",
                                "wide",
                                "--flink.parallelism.default",
                                "several",
                                "--topics.frames",
                                "nowhere",
                                "--model.default",
                                "absent/model.onnx"))
                .isEqualTo(2);
        assertThat(command.complaints())
                .startsWith("7 problems:")
                .contains("option job.nmae is not known")
                .contains("option batching.max-frames is many")
                .contains("option image.max-pixels is 0")
                .contains("cameras.dock: fx must be a number")
                .contains("option flink.parallelism.default has a value that Flink cannot read")
                .contains("topic nowhere does not exist")
                .contains("option model.default is absent/model.onnx: there is no such file");

        assertThat(
                        command.run(
                                "job",
                                live,
                                "--validate",
                                "--kafka.properties.security.protocol",
                                "TLS"))
                .isEqualTo(2);
        assertThat(command.complaints())
                .contains("Kafka's client refuses")
                .contains("Invalid value TLS for configuration security.protocol");

        assertThat(command.run("job", live, "--print-plan")).isZero();
        assertThat(JSON.readTree(command.output()).path("nodes")).hasSizeGreaterThan(8);
        assertThat(
                        command.run(
                                "job",
                                live,
                                "--print-config",
                                "--kafka.properties.ssl.keystore.key",
                                "PEM"))
                .isZero();
        assertThat(command.output())
                .contains("kafka.properties.ssl.keystore.key: '******'")
                .contains("job.name: hall")
                .doesNotContain("PEM");
        assertThat(command.run("job", live, "--print-config", "--image.max-pixels", "0"))
                .isEqualTo(2);
        assertThat(command.run("job", live, "--print-config", "--print-plan")).isEqualTo(2);
    }

    private Path configuration(JobTopics topics) throws IOException {
        return Files.writeString(
                folder.resolve("live.yaml"),
                String.join(
                        "\n",
                        "job: {name: hall, mode: live}",
                        "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                        "topics: {frames: " + topics.frames() + ", depth: looked.depth}",
                        "sink: {restart-budget: 1 min, delivery-guarantee: at-least-once}",
                        "flink:",
                        "  execution.checkpointing.timeout: 1 min",
                        "  execution.checkpointing.dir: " + folder.resolve("checkpoints").toUri()));
    }
}
