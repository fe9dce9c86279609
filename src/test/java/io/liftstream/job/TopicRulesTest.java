package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.kafka.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
    private static final String FRAMES = "liftstream.frames";
    private static final String DEPTH = "liftstream.depth";

    @Test
    void whatIsPlannedLacksNothing() {
        TopicRules rules = rules();

        List<TopicSettings> plan = rules.plan(TopicRules.RETENTION);

        assertThat(plan)
                .extracting(TopicSettings::topic)
                .containsExactly(FRAMES, DEPTH, "liftstream.rejected");
        assertThat(plan).allSatisfy(topic -> assertThat(rules.faults(topic)).isEmpty());
    }

    @Test
    void thePlanFitsTheLargestResult() {
        TopicRules rules = rules("--result.max-bytes", "80 mb");

        TopicSettings depth = rules.plan(TopicRules.RETENTION).get(1);

        assertThat(depth.maxMessageBytes()).isEqualTo((80 << 20) + 4096);
        assertThat(rules.faults(depth)).isEmpty();
    }

    @Test
    void aTopicThatTheJobRefusesIsSaidWithTheValueThatMendsIt() {
        TopicRules rules = rules();

        assertThat(rules.faults(with(DEPTH, "max.message.bytes", "1048588")))
                .singleElement()
                .satisfies(
                        fault -> {
                            assertThat(fault.refused()).isTrue();
                            assertThat(fault.text())
                                    .startsWith("topic " + DEPTH + " takes messages of at most")
                                    .contains("1048588 bytes (max.message.bytes)")
                                    .contains("67112960 bytes there (result.max-bytes)")
                                    .endsWith("; raise it to 67112960 or more");
                            assertThat(fault.value()).isEqualTo("67112960");
                        });
        assertThat(rules.faults(with(DEPTH, "cleanup.policy", "compact")))
                .singleElement()
                .matches(TopicFault::refused)
                .extracting(TopicFault::value)
                .isEqualTo("delete");
        assertThat(rules.faults(with(FRAMES, "retention.ms", "30000")))
                .singleElement()
                .matches(TopicFault::refused)
                .satisfies(fault -> assertThat(fault.text()).endsWith("; set it to 86400000"))
                .extracting(TopicFault::value)
                .isEqualTo("86400000");
    }

    @Test
    void aTopicWithWhichTheJobDoesLessIsWarnedOf() {
        for (String[] lacking :
                new String[][] {
                    {"message.timestamp.type", "CreateTime", "LogAppendTime"},
                    {"compression.type", "producer", "uncompressed"}
                }) {
            assertThat(rules().faults(with(FRAMES, lacking[0], lacking[1])))
                    .singleElement()
                    .satisfies(
                            fault -> {
                                assertThat(fault.refused()).isFalse();
                                assertThat(fault.setting()).isEqualTo(lacking[0]);
                                assertThat(fault.value()).isEqualTo(lacking[2]);
                                assertThat(fault.text())
                                        .startsWith("topic " + FRAMES)
                                        .contains(lacking[0], lacking[1])
                                        .endsWith("set it to " + lacking[2]);
                            });
        }
    }

    @Test
    void retentionThatOutlastsTheMemoryOfCamerasIsMendedByAnOption() {
        for (String millis : List.of("-1", Long.toString(Duration.ofDays(30).toMillis()))) {
            assertThat(rules().faults(with(FRAMES, "retention.ms", millis)))
                    .singleElement()
                    .satisfies(
                            fault -> {
                                assertThat(fault.refused()).isFalse();
                                assertThat(fault.setting()).isNull();
                                assertThat(fault.text()).contains("ordering.position-ttl");
                            });
        }
    }

    private static TopicSettings with(String topic, String setting, String value) {
        TopicSettings planned =
                rules().plan(TopicRules.RETENTION).stream()
                        .filter(plan -> plan.topic().equals(topic))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> values = new HashMap<>(planned.values());
        values.put(setting, value);
        return new TopicSettings(topic, values);
    }

    private static TopicRules rules(String... words) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers", "broker:9092"));
        all.addAll(List.of(words));
        return new TopicRules(JobSettingsReader.read(ConfigurationLoader.load(null, all)));
    }
}
