package io.liftstream.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.kafka.TopicSettings;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsITCase {
    private static EmbeddedBroker broker;

    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void createdTopicsLackNothing() {
        assertThat(topics("check", "new")).isEqualTo(1);
        assertThat(command.output())
                .contains("topic new.frames does not exist on " + broker.bootstrapServers())
                .contains(
                        "Mend it with: liftstream topics create --bootstrap-servers "
                                + broker.bootstrapServers()
                                + " --topics.frames=new.frames");

        assertThat(topics("create", "new", "--partitions", "2", "--retention", "1h"))
                .as(command.complaints())
                .isZero();
        assertThat(command.output())
                .contains("Created new.depth: 2 partitions, 1 copy of each, kept for 1 h.")
                .contains("Created new.rejected: 2 partitions, 1 copy of each, kept for 7 d.");
        assertThat(topics("check", "new")).as(command.output()).isZero();
        assertThat(topics("create", "new")).isZero();
        assertThat(command.output()).contains("new.frames exists already.");
        assertThat(settings("new.frames").values())
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("compression.type", "uncompressed")
                .containsEntry("retention.ms", "3600000");
        assertThat(settings("new.depth").values())
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("max.message.bytes", "67112960");
    }

    @Test
    void whatTopicsOfSomebodyElseLackIsSaidAndSet() throws Exception {
        JobTopics theirs = JobTopics.named("theirs");
        broker.createFramesTopic(theirs.frames(), 1, "CreateTime");
        broker.createOutputTopics(theirs, 1);
        String[] largeResults = {"--result.max-bytes=80 mb"};

        assertThat(topics("check", "theirs", largeResults)).isEqualTo(1);
        assertThat(command.output())
                .contains("topic theirs.frames uses CreateTime (message.timestamp.type)")
                .contains(
                        "topic theirs.frames takes compressed records (compression.type is producer)")
                .contains("topic theirs.depth takes messages of at most ")
                .contains("'--result.max-bytes=80 mb'")
                .contains("topics create --alter")
                .contains("sets max.message.bytes=83890176 on topic theirs.depth");
        assertThat(topics("create", "theirs", largeResults)).isEqualTo(1);
        assertThat(settings(theirs.depth()).maxMessageBytes()).isLessThan(83890176);

        List<String> altering = new ArrayList<>(List.of(largeResults));
        altering.add("--alter");
        assertThat(topics("create", "theirs", altering.toArray(String[]::new)))
                .as(command.output())
                .isZero();
        assertThat(topics("check", "theirs", largeResults)).as(command.output()).isZero();
        assertThat(settings(theirs.depth()).maxMessageBytes()).isEqualTo(83890176);
    }

    @Test
    void whatTheJobWouldRefuseIsNotCreated() {
        assertThat(topics("create", "brief", "--retention", "20s")).isEqualTo(2);
        assertThat(command.complaints())
                .contains("topic brief.frames keeps frames for 20 s (retention.ms)")
                .contains("not longer than live.max-age, 30 s");
        assertThat(topics("create", "brief", "--retention", "soon", "--partitions", "0"))
                .isEqualTo(2);
        assertThat(command.complaints())
                .contains("option --retention is soon")
                .contains("option --partitions is 0: it must be at least 1");
        assertThat(topics("create", "brief", "--replication-factor", "3")).isEqualTo(2);
        assertThat(command.complaints()).contains("the brokers refuse it", "3");
    }

    private int topics(String verb, String prefix, String... further) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "topics",
                                verb,
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topics.frames=" + prefix + ".frames",
                                "--topics.depth=" + prefix + ".depth",
                                "--topics.rejected=" + prefix + ".rejected"));
        words.addAll(List.of(further));
        return command.run(words.toArray(String[]::new));
    }

    private static TopicSettings settings(String topic) {
        try (TopicChecks checks =
                new TopicChecks(new KafkaSettings(broker.bootstrapServers(), "group", Map.of()))) {
            return checks.settings(topic).orElseThrow();
        }
    }
}
