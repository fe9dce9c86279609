package io.liftstream.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers, while a job runs, whether they answer and where its consumer group stands. */
public final class GroupProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Admin admin;
    private final String group;

    /**
     * Connects; {@link #close} disconnects.
     *
     * @param settings of the Kafka cluster
     */
    public GroupProbe(KafkaSettings settings) {
        Properties properties = settings.clientProperties();
        properties.setProperty(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
        properties.setProperty(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(TIMEOUT.toMillis()));
        admin = Admin.create(properties);
        group = settings.groupId();
    }

    /**
     * {@return whether a broker answers within five seconds}
     *
     * @throws InterruptedException where this thread is interrupted
     */
    public boolean answers() throws InterruptedException {
        try {
            await(admin.describeCluster().nodes());
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /**
     * {@return the group's committed offsets of one topic, by topic and partition; empty where it
     * has none, and where the brokers do not say} A group keeps what it has committed of topics
     * that its job has read before.
     *
     * @param topic its name
     * @throws InterruptedException where this thread is interrupted
     */
    public Map<String, Long> committed(String topic) throws InterruptedException {
        Map<String, Long> committed = new TreeMap<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> found =
                    await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            found.forEach(
                    (partition, offset) -> {
                        if (offset != null && partition.topic().equals(topic)) {
                            committed.put(partition.toString(), offset.offset());
                        }
                    });
        } catch (ExecutionException | TimeoutException e) {
            committed.clear();
        }
        return committed;
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
