package io.liftstream.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceJvmTest {

    @Test
    void theBenchMeasuresTheCollectorThatTheReferenceConfigurationHas() throws IOException {
        JsonNode configuration =
                new YAMLMapper().readTree(Path.of("conf/flink/config.yaml").toFile());

        assertThat(BenchCommand.REFERENCE_JVM)
                .endsWith(" " + configuration.at("/env.java.opts/taskmanager").asText());
    }
}
