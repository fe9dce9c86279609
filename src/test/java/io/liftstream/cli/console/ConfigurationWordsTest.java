package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command line whose configuration file is missing or comes too late. */
class ConfigurationWordsTest {
    private final TypedCommand command = new TypedCommand();

    @ParameterizedTest
    @CsvSource({
        "job --kafka.bootstrap-servers secret, CONFIG.yaml must come before",
        "job --kafka.bootstrap-servers secret conf/local.yaml, CONFIG.yaml must come before",
        "replay --output-topic t --kafka.bootstrap-servers secret, CONFIG.yaml must come before",
        "topics check --kafka.bootstrap-servers secret, CONFIG.yaml must come before",
        "export --out d --kafka.bootstrap-servers secret, CONFIG.yaml must come before",
        "view --kafka.bootstrap-servers secret, CONFIG.yaml|FILE.mcap must come before",
        "publish --camera a --kafka.bootstrap-servers secret, DIR|VIDEO|CAMERA must come before",
    })
    void aValueThatWasTakenForTheFileIsRefusedInOneLineThatDoesNotShowIt(
            String line, String complaint) {
        assertThat(command.run(line.split(" "))).isEqualTo(2);

        assertThat(command.complaints())
                .startsWith(complaint + " --kafka.bootstrap-servers")
                .hasLineCount(1)
                .doesNotContain("secret");
    }

    @Test
    void aCommandThatRunsWithoutAFileSaysHow() {
        command.run("topics", "check", "--kafka.bootstrap-servers", "a:1");

        assertThat(command.complaints())
                .contains("without it, write --kafka.bootstrap-servers=value");
    }

    @Test
    void aFileThatComesFirstMayHaveTheNameOfAValue() {
        assertThat(command.run("job", "nowhere.yaml", "--job.name", "nowhere.yaml")).isEqualTo(2);

        assertThat(command.complaints())
                .contains("nowhere.yaml cannot be read: there is no such file")
                .doesNotContain("must come before");
    }
}
