package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.testing.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Followers of a topic read all of it or say that it is not there. */
class TopicTailITCase {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aTopicThatTheBrokersDoNotKnowYetIsWaitedFor() throws Exception {
        CompletableFuture<Integer> read =
                CompletableFuture.supplyAsync(
                        () -> {
                            try (TopicTail tail = tail("soon")) {
                                tail.seekToBeginning();
                                return tail.poll(Duration.ofMillis(200)).count();
                            }
                        });
        TimeUnit.MILLISECONDS.sleep(500); // The tail has asked for its topic by then.

        broker.createFramesTopic("soon", 2);

        assertThat(read.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aTopicThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> tail("never").close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("topic never does not exist");
    }

    private static TopicTail tail(String topic) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "group", Map.of());
        return new TopicTail(kafka, List.of(topic), false);
    }
}
