package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import java.io.File;
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
        Process launcher =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Launcher.class.getName(),
                                "--version")
                        .redirectOutput(new File("/dev/full"))
                        .start();
        String errors =
                new String(launcher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(launcher.waitFor()).isOne();
        assertThat(errors).contains("Standard output cannot be written to: lines are missing");
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
