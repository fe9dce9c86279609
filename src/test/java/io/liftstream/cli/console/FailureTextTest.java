package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {

    static Stream<Throwable> failures() {
        return Stream.of(
                new NullPointerException(),
                new IllegalStateException(new NullPointerException()),
                new ExecutionException(new IllegalArgumentException("wrong")),
                new IllegalStateException("no answer (java.util.concurrent.TimeoutException)"),
                new IllegalStateException("org.apache.kafka.common.errors.TimeoutException: late"),
                new ClassCastException("class java.lang.String is no io.liftstream.frame.CameraId"),
                new MalformedInputException(1),
                new NoSuchFileException("a.yaml"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noClassIsNamed(Throwable failure) {
        assertThat(FailureText.of(failure))
                .startsWith("liftstream: ")
                .hasSizeGreaterThan("liftstream: ".length())
                .doesNotContain("Exception")
                .doesNotContainPattern("java\\.|io\\.liftstream\\.");
    }

    @Test
    void aFileIsNamedWithWhatIsWrongWithIt() {
        assertThat(FailureText.of(new NoSuchFileException("a.yaml")))
                .isEqualTo("liftstream: a.yaml: there is no such file");
        assertThat(FailureText.of(new AccessDeniedException("a.yaml")))
                .isEqualTo("liftstream: a.yaml: permission is denied");
    }

    @Test
    void causesThatSayMoreAreTold() {
        assertThat(
                        FailureText.of(
                                new IllegalStateException(
                                        "Job execution failed", new Exception("disk full"))))
                .isEqualTo(
                        "liftstream: Job execution failed"
                                + System.lineSeparator()
                                + "  caused by disk full");
    }
}
