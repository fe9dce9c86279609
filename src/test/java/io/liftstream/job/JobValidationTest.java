package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages find their faults at once, and none a fault that another's remedy made. */
class JobValidationTest {
    @TempDir private Path folder;

    @Test
    void everyStageIsAskedWhateverAnEarlierOneFound() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        "topics: {frames: nowhere}\nbatching: {max-frames: many}\n");

        assertThat(
                        problems(
                                file,
                                "--job.nmae x --image.max-pixels 0 --lifting.near 9"
                                        + " --lifting.far 1 --source.start yesterday"
                                        + " --flink.parallelism.default several"))
                .hasSize(7)
                .anyMatch(problem -> problem.contains("option job.nmae is not known"))
                .anyMatch(problem -> problem.contains("option batching.max-frames is many"))
                .anyMatch(problem -> problem.contains("option image.max-pixels is 0"))
                .anyMatch(problem -> problem.startsWith("option lifting.near is 9: "))
                .anyMatch(problem -> problem.contains("option source.start"))
                .anyMatch(problem -> problem.contains("option flink.parallelism.default has"))
                .contains("topic nowhere does not exist");
    }

    @Test
    void anOptionThatIsLeftOutForItsFaultIsNotCalledMissingOrContradicted() {
        assertThat(problems(null, "--live.max-age soon --ordering.flush-after 1h"))
                .containsExactly(
                        "option live.max-age is soon: it must be a duration such as 500 ms or 5 s",
                        "topic liftstream.frames does not exist");
        assertThat(
                        problems(
                                null,
                                "--job.mode replay --job.name r --source.start earliest --topics.dpeth again"))
                .containsExactly(
                        "option topics.dpeth is not known: did you mean topics.depth?",
                        "brokers, topics and models were not checked: fix the errors above first");
    }

    @Test
    void whereBrokersAreNotNamedItSaysThatTheyWereNotAsked() {
        assertThatThrownBy(
                        () ->
                                JobValidation.require(
                                        null,
                                        List.of("--image.max-pixels", "0"),
                                        new JobOverrides(),
                                        JobValidationTest::brokers))
                .hasMessageStartingWith("3 problems")
                .hasMessageContaining("option kafka.bootstrap-servers is missing")
                .hasMessageContaining("option image.max-pixels is 0")
                .hasMessageContaining("brokers, topics and models were not checked");
    }

    @Test
    void nothingIsSaidOfAFileThatIsNotThere() {
        assertThat(problems(folder.resolve("absent.yaml"), "--job.name x"))
                .singleElement()
                .asString()
                .contains("there is no such file");
    }

    @Test
    void nothingIsWrongWhereNoStageFindsFault() {
        assertThatCode(
                        () ->
                                JobValidation.require(
                                        null,
                                        List.of("--kafka.bootstrap-servers", "broker:9092"),
                                        new JobOverrides(),
                                        settings -> List.of()))
                .doesNotThrowAnyException();
    }

    private static List<String> brokers(JobSettings settings) {
        return List.of("topic " + settings.framesTopic() + " does not exist");
    }

    private static List<String> problems(Path file, String words) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers", "broker:9092"));
        all.addAll(List.of(words.split(" ")));
        return catchThrowableOfType(
                        InvalidConfigurationException.class,
                        () ->
                                JobValidation.require(
                                        file, all, new JobOverrides(), JobValidationTest::brokers))
                .problems();
    }
}
