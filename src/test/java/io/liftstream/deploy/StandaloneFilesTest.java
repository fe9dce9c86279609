package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files for machines without containers; no systemd takes part. */
class StandaloneFilesTest {

    @Test
    void theGpuTaskManagersConfigurationIsReadByFlinkBesideTheReference(@TempDir Path folder)
            throws Exception {
        Path file = DeployFiles.path("standalone/taskmanager-gpu.yaml");
        Files.copy(file, folder.resolve("config.yaml"));
        Map<String, String> gpu = GlobalConfiguration.loadConfiguration(folder.toString()).toMap();
        assertThat(FlinkOptions.problems(gpu)).isEmpty();
        assertThat(gpu).containsKey("external-resource.gpu.driver-factory.class");
    }

    @Test
    void theReferenceConfigurationHasNoKeyThatFlinkDoesNotKnow() throws Exception {
        Configuration reference = GlobalConfiguration.loadConfiguration("conf/flink");
        assertThat(FlinkOptions.problems(reference.toMap())).isEmpty();
    }

    @Test
    void nativeMemoryBeyondFlinksBudgetEndsTheTaskManagerAndNotItsNeighbours() throws IOException {
        assertThat(DeployFiles.text("standalone/liftstream-taskmanager.service"))
                .contains("\nMemoryMax=", "\nRestart=always\n");
    }

    @ParameterizedTest
    @CsvSource({"jobmanager", "taskmanager"})
    void aUnitStartsItsProcessInTheForegroundAsAnOrdinaryUser(String process) throws IOException {
        String unit = DeployFiles.text("standalone/liftstream-" + process + ".service");
        assertThat(unit)
                .contains("\n[Unit]\n", "\n[Service]\n", "\n[Install]\n")
                .contains("\nUser=flink\n", "\nRestart=always\n")
                .contains("\nExecStart=/opt/flink/bin/" + process + ".sh start-foreground\n");
        assertThat(unit.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
                .allMatch(line -> line.matches("\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=.+"));
    }
}
