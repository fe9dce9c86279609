package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicCommandTest {

    @Test
    void theUsualTopicsNeedTheBrokersAlone() {
        assertThat(command().creation())
                .isEqualTo("liftstream topics create --bootstrap-servers broker:9092");
        assertThat(command().alteration())
                .isEqualTo("liftstream topics create --alter --bootstrap-servers broker:9092");
    }

    @Test
    void whatDecidesOverTheTopicsIsNamedWhereItIsNotTheUsual() {
        assertThat(
                        command(
                                        "--topics.depth=my.replay",
                                        "--topics.rejected=my.bad",
                                        "--result.max-bytes=80 mb",
                                        "--live.max-age=48 h",
                                        "--ordering.position-ttl=72 h")
                                .creation())
                .endsWith(
                        " broker:9092 --topics.depth=my.replay --topics.rejected=my.bad"
                                + " --result.max-bytes=80mb --live.max-age=2d");
        assertThat(command("--live.max-age=0 s").creation()).doesNotContain("live.max-age");
    }

    @Test
    void whatIsTypedMakesTheSameSettings() {
        List<String> words =
                List.of(
                        "--topics.depth=my.replay",
                        "--result.max-bytes=80 mb",
                        "--live.max-age=1 h");
        String[] typed = command(words.toArray(String[]::new)).alteration().split(" --");

        JobSettings settings =
                read(
                        List.of(typed).stream()
                                .skip(3)
                                .map(word -> "--" + word)
                                .toArray(String[]::new));

        assertThat(new TopicRules(settings).plan(TopicRules.RETENTION))
                .isEqualTo(
                        new TopicRules(read(words.toArray(String[]::new)))
                                .plan(TopicRules.RETENTION));
    }

    @Test
    void aPasswordIsNotPrintedAndTheFileTakesItsPlace() {
        assertThat(command("--kafka.properties.sasl.jaas.config=secret").alteration())
                .startsWith("liftstream topics create --alter CONFIG.yaml --bootstrap-servers ")
                .doesNotContain("secret");
    }

    private static TopicCommand command(String... words) {
        return new TopicCommand(read(words));
    }

    private static JobSettings read(String... words) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers", "broker:9092"));
        all.addAll(List.of(words));
        return JobSettingsReader.read(ConfigurationLoader.load(null, all));
    }
}
