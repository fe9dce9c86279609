package io.liftstream.cli.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScenesCommandTest {
    @TempDir Path directory;

    private final StringWriter complaints = new StringWriter();

    @Test
    void writesTheFourFilesOfASet() {
        int code = run("--count", "3", "--size", "32x24", "--families", "room,CORRIDOR");

        assertThat(code).isZero();
        assertThat(directory).isDirectoryContaining("glob:**/{rgb,depth,intrinsics,family}.npy");
        assertThat(directory.resolve("rgb.npy")).hasSize(128 + 3 * 32 * 24 * 3);
        assertThat(directory.resolve("depth.npy")).hasSize(128 + 3 * 32 * 24 * 4);
    }

    @Test
    void wrongOptionsAreUsageErrorsThatNameTheValue() {
        assertThat(run("--size", "256")).isEqualTo(2);
        assertThat(run("--size", "256xtall")).isEqualTo(2);
        assertThat(run("--size", "9x9", "--count", "1")).isEqualTo(2);
        assertThat(run("--count", "0")).isEqualTo(2);
        assertThat(run("--threads", "0")).isEqualTo(2);
        assertThat(run("--families", "MOON")).isEqualTo(2);

        assertThat(complaints.toString())
                .contains("--size is 256: WIDTHxHEIGHT, for example 256x192")
                .contains("--size is 256xtall")
                .contains("width is 9")
                .contains("count is 0: at least one picture")
                .contains("--threads is 0: at least 1")
                .contains("MOON");
    }

    private int run(String... options) {
        CommandLine command = Launcher.commandLine();
        command.setErr(new PrintWriter(complaints));
        String[] all = new String[options.length + 3];
        all[0] = "scenes";
        all[1] = "--out";
        all[2] = directory.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return command.execute(all);
    }
}
