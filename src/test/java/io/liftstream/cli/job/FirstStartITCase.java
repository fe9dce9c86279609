package io.liftstream.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Frames are said to be passed over where they are, and only there. */
class FirstStartITCase {
    private static final JobTopics TOPICS = JobTopics.named("hall");
    private static final int FRAMES = 3;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void publishFrames() throws Exception {
        broker = EmbeddedBroker.start();
        broker.createTopics(TOPICS, 1);
        broker.createTopics(JobTopics.named("before"), 1);
        RenderedFleet fleet =
                new RenderedFleet(1, 32, 24, Instant.now().getEpochSecond() * 1_000_000_000L, 1);
        try (FramePublisher publisher = new FramePublisher(broker, TOPICS.frames())) {
            for (int frame = 0; frame < FRAMES; frame++) {
                publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, frame));
            }
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aFirstStartPassesOverFramesThatAreTooOld() throws Exception {
        assertThat(passedOver("new", Duration.ofHours(1))).isEqualTo(FRAMES);
        assertThat(passedOver("new", Duration.ZERO)).isZero();
    }

    @Test
    void aGroupThatHasCommittedOffsetsOfTheTopicContinuesThere() throws Exception {
        commit("continuing", TOPICS.frames());

        assertThat(passedOver("continuing", Duration.ofHours(1))).isZero();
    }

    @Test
    void offsetsOfATopicThatTheJobReadBeforeDoNotCount() throws Exception {
        commit("moved", JobTopics.named("before").frames());

        assertThat(passedOver("moved", Duration.ofHours(1))).isEqualTo(FRAMES);
    }

    @Test
    void aJobThatIsRestoredContinuesAtItsCheckpoint() throws Exception {
        assertThat(
                        passedOver(
                                "restored",
                                Duration.ofHours(1),
                                "--flink.execution.state-recovery.path=file:///checkpoints/chk-7"))
                .isZero();
    }

    private static long passedOver(String group, Duration afterPublishing, String... more)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name=" + group,
                                "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--topics.frames=" + TOPICS.frames()));
        words.addAll(List.of(more));
        return new FirstStart(JobSettingsReader.read(ConfigurationLoader.load(null, words)))
                .passedOver(Instant.now().plus(afterPublishing));
    }

    private static void commit(String group, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
    }
}
