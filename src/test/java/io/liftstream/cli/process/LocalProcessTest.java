package io.liftstream.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Does nothing until it is ended. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("sleeping " + System.getenv("DREAM"));
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @TempDir private Path folder;
    private LocalProcess process;

    @BeforeEach
    void start() throws IOException {
        process = new LocalProcess(folder, "sleeper");
        process.start(
                Map.of("DREAM", "sheep"),
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        LocalProcess.ownClassPath(),
                        Sleeper.class.getName()));
    }

    @AfterEach
    void end() throws IOException {
        process.stop(TIMEOUT);
    }

    @Test
    void anotherHandleOnTheSameFolderFindsAndStopsIt() throws Exception {
        LocalProcess found = new LocalProcess(folder, "sleeper");

        assertThat(found.handle()).isEqualTo(process.handle()).isPresent();
        assertThatThrownBy(() -> found.start(Map.of(), List.of("-version")))
                .hasMessageContaining("sleeper is running already");
        found.stop(TIMEOUT);
        assertThat(process.isRunning()).isFalse();
        assertThat(folder.resolve("sleeper.pid")).doesNotExist();
    }

    @Test
    void aPausedProcessIsRunningAndEndsWhenItIsStopped() throws Exception {
        process.pause();
        assertThat(process.isRunning()).isTrue();
        awaitPaused(true);
        process.resume();
        awaitPaused(false);
        process.pause();
        process.stop(TIMEOUT);
        assertThat(process.isRunning()).isFalse();
    }

    @Test
    void aNumberThatIsAnotherProcessesByNowIsNotTakenForIt() throws Exception {
        long self = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("ghost.pid"), self + " 2020-01-31T08:00:00Z\n");
        LocalProcess ghost = new LocalProcess(folder, "ghost");

        assertThat(ghost.isRunning()).isFalse();
        ghost.stop(TIMEOUT);
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void whatItPrintsIsInItsLog() throws Exception {
        while (process.isRunning() && !Files.readString(process.log()).contains("sheep")) {
            Thread.sleep(10);
        }
        assertThat(process.lastLines(1)).contains("sleeping sheep");
    }

    /** A signal takes effect a moment after it was sent. */
    private void awaitPaused(boolean paused) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while ((stateOf(process) == 'T') != paused) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static char stateOf(LocalProcess process) throws IOException {
        long pid = process.handle().orElseThrow().pid();
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }
}
