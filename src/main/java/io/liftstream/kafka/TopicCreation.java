package io.liftstream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** Creates topics, and changes the settings of those that exist. */
public final class TopicCreation implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Admin admin;

    /**
     * Connects; {@link #close} disconnects.
     *
     * @param settings of the Kafka cluster
     */
    public TopicCreation(KafkaSettings settings) {
        this.admin = Admin.create(settings.clientProperties());
    }

    /**
     * {@return how many brokers there are}
     *
     * @throws IllegalStateException where none answers
     */
    public int brokers() {
        return await(admin.describeCluster().nodes()).size();
    }

    /**
     * Creates topics that do not exist.
     *
     * @param topics with the settings that differ from the broker's
     * @param partitions of each
     * @param replicas of each partition
     * @throws IllegalStateException where the brokers refuse one of them, with their reason
     */
    public void create(Collection<TopicSettings> topics, int partitions, short replicas) {
        List<NewTopic> all =
                topics.stream()
                        .map(
                                topic ->
                                        new NewTopic(topic.topic(), partitions, replicas)
                                                .configs(topic.values()))
                        .toList();
        await(admin.createTopics(all).all());
    }

    /**
     * Changes settings of a topic that exists; the others stay as they are. Returns when the broker
     * that is asked for them next answers with the new ones.
     *
     * @param changes what to set
     * @throws IllegalStateException where the brokers refuse it, with their reason
     */
    public void set(TopicSettings changes) {
        List<AlterConfigOp> operations =
                changes.values().entrySet().stream()
                        .map(
                                entry ->
                                        new AlterConfigOp(
                                                new ConfigEntry(entry.getKey(), entry.getValue()),
                                                AlterConfigOp.OpType.SET))
                        .toList();
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, changes.topic());
        await(admin.incrementalAlterConfigs(Map.of(topic, operations)).all());
        awaitKnown(topic, changes);
    }

    /** The controller has them at once, a broker a little later. */
    private void awaitKnown(ConfigResource topic, TopicSettings changes) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isKnown(topic, changes)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "topic "
                                + changes.topic()
                                + " does not have its new settings after "
                                + TIMEOUT.toSeconds()
                                + " s");
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private boolean isKnown(ConfigResource topic, TopicSettings changes) {
        Config found = await(admin.describeConfigs(List.of(topic)).all()).get(topic);
        return changes.values().entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(found.get(entry.getKey()).value()));
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the brokers refuse it: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "no answer of the brokers within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the brokers", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
