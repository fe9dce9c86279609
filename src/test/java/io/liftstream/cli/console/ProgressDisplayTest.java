package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void aLineSaysWhatIsCounted() {
        assertThat(lineOf(14)).isEqualTo("Exporting: 14 of 14 offsets");
    }

    @Test
    void oneIsNoPlural() {
        assertThat(lineOf(1)).isEqualTo("Exporting: 1 of 1 offset");
    }

    @Test
    void aSizeThatIsNotKnownIsLeftOut() {
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        try (ProgressDisplay progress =
                new ProgressDisplay("model.pth", -1, "MiB", "MiB", out, null)) {
            progress.reached(94);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8).strip()).isEqualTo("model.pth: 94 MiB");
    }

    private String lineOf(long steps) {
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        try (ProgressDisplay progress = ProgressDisplay.lines("Exporting", steps, "offset", out)) {
            progress.reached(steps);
        }
        return shown.toString(StandardCharsets.UTF_8).strip();
    }
}
