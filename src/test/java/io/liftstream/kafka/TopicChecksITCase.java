package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that cannot serve the job are refused before it starts. */
class TopicChecksITCase {
    private static EmbeddedBroker broker;

    @TempDir Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aTopicThatKeepsOnlyTheLastRecordOfEachCameraIsRefused() throws Exception {
        JobTopics topics = JobTopics.named("compacted");
        broker.createTopics(topics, 1);
        set(topics.frames(), "cleanup.policy", "compact,delete");

        assertThatThrownBy(() -> start(topics, "0 s"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "topic compacted.frames is compacted (cleanup.policy is compact,delete)");
    }

    @Test
    void framesThatAreGoneBeforeTheyAreTooOldAreRefused() throws Exception {
        JobTopics topics = JobTopics.named("brief");
        broker.createTopics(topics, 1);
        set(topics.frames(), "retention.ms", "20000");

        assertThatThrownBy(() -> start(topics, "30 s"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("topic brief.frames keeps frames for 20 s (retention.ms)")
                .hasMessageContaining("not longer than live.max-age, 30 s")
                .hasMessageContaining("set it to 86400000 with: liftstream topics create --alter");
    }

    /** A live source would begin with the first frame of the topic instead. */
    @Test
    void aStartBehindTheEndIsRefused() throws Exception {
        JobTopics topics = JobTopics.named("behind");
        broker.createTopics(topics, 2);

        assertThatThrownBy(() -> start(topics, "0 s", "--source.start", "0:0,1:12000"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "offsets 0:0,1:12000 lie behind the end of topic behind.frames: partition 1"
                                + " ends at 0, so write 1:0 or less");
    }

    @Test
    void unlimitedRetentionIsNoDuration() throws Exception {
        JobTopics topics = JobTopics.named("forever");
        broker.createTopics(topics, 1);
        set(topics.frames(), "retention.ms", "-1");

        try (TopicChecks checks =
                new TopicChecks(new KafkaSettings(broker.bootstrapServers(), "group", Map.of()))) {
            assertThat(checks.settings(topics.frames()).orElseThrow().retention()).isEmpty();
        }
    }

    /** Each may have been created a moment ago; three seconds are long enough for all of them. */
    @Test
    void topicsThatAreMissingAreWaitedForTogether() {
        List<String> missing = List.of("none.frames", "none.depth", "none.rejected");
        long begin = System.nanoTime();
        try (TopicChecks checks =
                new TopicChecks(new KafkaSettings(broker.bootstrapServers(), "group", Map.of()))) {
            assertThat(checks.missing(missing)).hasSize(3);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(9));
    }

    @Test
    void aCalibrationTopicThatForgetsOrHasTwoOrdersIsRefused() throws Exception {
        JobTopics topics = JobTopics.named("calibrated");
        broker.createTopics(topics, 1);
        broker.createFramesTopic("calibrated.two", 2, "CreateTime");

        assertThatThrownBy(() -> start(topics, "0 s", "--topics.calibration", "calibrated.two"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("topic calibrated.two has 2 partitions")
                .hasMessageContaining(
                        "message.timestamp.type of topic calibrated.two is CreateTime: it must be"
                                + " LogAppendTime")
                .hasMessageContaining("retention.ms of topic calibrated.two is 604800000");
        assertThatThrownBy(() -> start(topics, "0 s", "--topics.calibration", "nowhere"))
                .hasMessageContaining("nowhere does not exist")
                .hasMessageContaining("create it with: liftstream calibration publish");
    }

    private void start(JobTopics topics, String maxAge, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("--live.max-age", maxAge));
        all.addAll(List.of(words));
        RunningJob.live(broker, topics, folder, 1, all).close();
    }

    private static void set(String topic, String key, String value) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "group", Map.of());
        try (TopicCreation creation = new TopicCreation(kafka)) {
            creation.set(new TopicSettings(topic, Map.of(key, value)));
        }
    }
}
