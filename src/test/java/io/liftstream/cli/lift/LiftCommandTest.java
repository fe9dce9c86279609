package io.liftstream.cli.lift;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiftCommandTest {
    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @Test
    void imagesWhoseFilesWouldOverwriteEachOtherAreRefusedBeforeAnythingIsLifted() {
        Path out = folder.resolve("lifted");

        int code =
                command.run(
                        "lift",
                        "a/1.jpg",
                        "a/2.jpg",
                        "b/1.jpg",
                        "c/1.jpg",
                        "--out",
                        out.toString());

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains("a/1.jpg and b/1.jpg would both be written to " + out.resolve("1.jpg"))
                .contains("a/1.jpg and c/1.jpg would both be written to")
                .contains("an --out of its own")
                .doesNotContain("2.jpg");
        assertThat(out).doesNotExist();
    }

    @Test
    void imagesOfDifferentNamesAreLiftedOneByOneWhateverTheirFolders() {
        Path out = folder.resolve("lifted");

        assertThat(command.run("lift", "a/1.jpg", "b/2.jpg", "--out", out.toString())).isOne();
        assertThat(out).isEmptyDirectory();
    }
}
