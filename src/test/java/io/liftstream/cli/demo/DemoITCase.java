package io.liftstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer types it, with its broker and its Flink. */
class DemoITCase {
    @TempDir private Path folder;

    @Test
    void everyFrameComesBackWithItsFilesAndTheSummaryCountsThem() throws Exception {
        TypedCommand command = new TypedCommand();

        int code = command.run("demo", "--headless", "--frames=9", "--fps=10", "--out=" + folder);

        assertThat(code).as(command.complaints()).isZero();
        JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.path("published").asInt()).isEqualTo(9);
        assertThat(summary.path("lifted").asInt()).isEqualTo(9);
        assertThat(summary.path("out_of_order").asInt(-1)).isZero();
        assertThat(summary.path("first_result_after_s").asDouble()).isPositive();
        assertThat(summary.path("accuracy").path("frames_with_true_depth").asInt()).isEqualTo(9);
        assertThat(folder.resolve("index.html")).isNotEmptyFile();
        for (int camera = 1; camera <= 3; camera++) {
            for (String file : new String[] {".jpg", ".depth.png", ".depth-color.png", ".ply"}) {
                assertThat(folder.resolve("camera-" + camera + "/000002" + file)).isNotEmptyFile();
            }
        }
    }
}
