package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** What the launcher writes to a terminal, or cannot. */
class LauncherOutputITCase {

    @Test
    void linesThatCannotBeWrittenAreAFailure() throws Exception {
        Process launcher = version().redirectOutput(new File("/dev/full")).start();

        assertThat(errors(launcher))
                .contains("Standard output cannot be written to: lines are missing");
        assertThat(launcher.waitFor()).isOne();
    }

    /** As head does when it has its lines. */
    @Test
    void aReaderThatHasGoneEndsTheLauncherWithoutAWord() throws Exception {
        Process launcher = version().start();
        launcher.getInputStream().close();

        assertThat(errors(launcher)).isEmpty();
        assertThat(launcher.waitFor()).isEqualTo(128 + 13);
    }

    private static ProcessBuilder version() {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "--version");
    }

    private static String errors(Process launcher) throws IOException {
        return new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void warningsOfOursNameNoClassAndThoseOfOthersTheirs() throws Exception {
        assertThat(line("io.liftstream.job.BrokerChecks"))
                .matches("\\d\\d:\\d\\d:\\d\\d WARN  two jobs\\n");
        assertThat(line("org.apache.flink.runtime.taskmanager.Task"))
                .matches("\\d\\d:\\d\\d:\\d\\d WARN  Task two jobs\\n");
    }

    private static String line(String logger) throws Exception {
        try (LoggerContext context = new LoggerContext("launcher")) {
            context.setConfigLocation(
                    LauncherOutputITCase.class.getResource("/log4j2.properties").toURI());
            context.start();
            return (String)
                    context.getConfiguration()
                            .getAppender("err")
                            .getLayout()
                            .toSerializable(
                                    Log4jLogEvent.newBuilder()
                                            .setLoggerName(logger)
                                            .setLevel(Level.WARN)
                                            .setMessage(new SimpleMessage("two jobs"))
                                            .build());
        }
    }
}
