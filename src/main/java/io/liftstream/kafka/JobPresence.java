package io.liftstream.kafka;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the brokers that a job of a name runs, for as long as it does: one member of the consumer
 * group {@code NAME-running}, which reads nothing.
 *
 * <p>Nothing else tells a running job from one that was killed: its source assigns partitions and
 * joins no group, an idle job has no open transaction, and a killed one leaves its own open.
 */
final class JobPresence implements AutoCloseable {

    /**
     * After so long without a heartbeat the brokers take a job for dead; their least by default.
     */
    static final Duration SESSION = Duration.ofSeconds(6);

    private static final Logger LOG = LoggerFactory.getLogger(JobPresence.class);
    private static final Pattern NO_TOPIC = Pattern.compile("(?!)");
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration REHEARSAL_POLL = Duration.ofMillis(100);
    private static final Duration REHEARSAL_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** Once for the class loader of a job. */
    private static final AtomicBoolean REHEARSED = new AtomicBoolean();

    private final String group;
    private final KafkaSettings settings;
    private final KafkaConsumer<byte[], byte[]> member;
    private final Thread thread;

    /**
     * Joins the group; {@link #close} leaves it.
     *
     * @param settings of the Kafka cluster
     * @param jobName the job's
     */
    JobPresence(KafkaSettings settings, String jobName) {
        this.group = group(jobName);
        this.settings = settings;
        this.member = consumer();
        this.thread = new Thread(this::stay, group);
        thread.setDaemon(true);
        thread.start();
    }

    /** The consumer group in which the jobs of a name are. */
    static String group(String jobName) {
        return jobName + "-running";
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Properties properties() {
        Properties properties = settings.clientProperties();
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, group);
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(SESSION.toMillis()));
        properties.setProperty(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(SESSION.toMillis() / 4));
        return properties;
    }

    private void stay() {
        try (member) {
            member.subscribe(NO_TOPIC);
            if (REHEARSED.compareAndSet(false, true)) {
                rehearseLeaving();
            }
            while (true) {
                member.poll(POLL);
            }
        } catch (WakeupException closed) {
            LOG.debug("Left the group {}", group);
        } catch (KafkaException e) {
            LOG.warn(
                    "The job cannot stay in the consumer group {}, for which it needs Read ({}): another"
                            + " job of its name would not be told that this one runs",
                    group,
                    e.getMessage());
        }
    }

    /**
     * Flink does not wait for the end of a job's enumerator before it closes the job's class
     * loader. A member that has to load a class to leave cannot then: its heartbeats go on, and the
     * job cannot be started again for as long as max.poll.interval.ms. The rehearsing member comes
     * when the job's own is there and polls with it, so that the group is never seen empty between
     * the two.
     */
    private void rehearseLeaving() {
        long deadline = System.nanoTime() + REHEARSAL_TIMEOUT.toNanos();
        while (!hasJoined(member) && System.nanoTime() < deadline) {
            member.poll(REHEARSAL_POLL);
        }
        try (KafkaConsumer<byte[], byte[]> rehearsal = consumer()) {
            rehearsal.subscribe(NO_TOPIC);
            while (!hasJoined(rehearsal) && System.nanoTime() < deadline) {
                rehearsal.poll(REHEARSAL_POLL);
                member.poll(REHEARSAL_POLL);
            }
        }
    }

    private static boolean hasJoined(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.groupMetadata().generationId() >= 0;
    }

    @Override
    public void close() {
        member.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
