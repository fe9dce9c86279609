package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A process that is asked to end says what it has done; one that has ended its work does not. */
class InterruptionITCase {

    /** Works for ever, or not at all. */
    static final class Work {
        private Work() {}

        public static void main(String[] arguments) throws InterruptedException {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            try (Interruption told = Interruption.toldOf(out, () -> "3 of 5 images are done")) {
                out.println("works");
                if (arguments[0].equals("for ever")) {
                    new CountDownLatch(1).await();
                }
            }
        }
    }

    @Test
    void whatWasDoneIsSaid() throws Exception {
        Process process = start("for ever");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("works");
            // Process.destroy would close what it prints.
            process.toHandle().destroy();
            assertThat(out.readLine()).isEqualTo("Interrupted: 3 of 5 images are done");
        }
    }

    @Test
    void workThatHasEndedWasNotInterrupted() throws Exception {
        Process process = start("not at all");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines()).containsExactly("works");
        }
        assertThat(process.waitFor()).isZero();
    }

    private static Process start(String work) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Work.class.getName(),
                        work)
                .start();
    }
}
