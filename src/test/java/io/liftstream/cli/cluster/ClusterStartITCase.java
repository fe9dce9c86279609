package io.liftstream.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.cli.process.LoopbackPort;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start that fails says, and leaves. */
class ClusterStartITCase {
    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @AfterEach
    void stop() throws Exception {
        new ClusterFolder(folder).stop();
    }

    @Test
    void noProcessIsLeftWhereTheJobManagerEnds() throws Exception {
        int code =
                command.run(
                        "cluster",
                        "start",
                        "--data",
                        folder.toString(),
                        "--port",
                        Integer.toString(LoopbackPort.free()),
                        "-D",
                        "env.java.opts.jobmanager=-XX:Bogus");

        assertThat(code).isEqualTo(1);
        assertThat(command.complaints())
                .contains("jobmanager-1 has ended", "Unrecognized VM option 'Bogus'");
        assertThat(new ClusterFolder(folder).processes()).isEmpty();
    }
}
