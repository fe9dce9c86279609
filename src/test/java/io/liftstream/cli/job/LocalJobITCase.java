package io.liftstream.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalJobITCase {
    private static final JobTopics TOPICS = JobTopics.named("local");

    @TempDir private Path folder;

    @Test
    void flinksTemporaryFilesAreGoneOnceTheJobIsClosed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(TOPICS, 1);
            Path temporary;
            try (LocalJob job = LocalJob.start(settings(broker))) {
                temporary = temporaryFolder(job);
                assertThat(temporary).isNotEmptyDirectory();
            }
            assertThat(temporary).doesNotExist();
        }
    }

    private JobSettings settings(EmbeddedBroker broker) throws IOException {
        List<String> words =
                List.of(
                        "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--topics.frames=" + TOPICS.frames(),
                        "--topics.depth=" + TOPICS.depth(),
                        "--topics.rejected=" + TOPICS.rejected(),
                        "--flink.execution.checkpointing.dir=" + folder.toUri());
        return JobSettingsReader.read(
                ConfigurationLoader.layers(null, words)
                        .with(LocalJob.flinkOptions(), new JobOverrides()));
    }

    private static Path temporaryFolder(LocalJob job) throws IOException {
        JsonNode options =
                new ObjectMapper()
                        .readTree(URI.create(job.webAddress() + "/jobmanager/config").toURL());
        for (JsonNode option : options) {
            if (option.path("key").asText().equals("io.tmp.dirs")) {
                return Path.of(option.path("value").asText());
            }
        }
        throw new IllegalStateException("Flink does not say where its temporary files are");
    }
}
