package io.liftstream.kafka;

import java.io.Closeable;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.util.MutableURLClassLoader;
import org.apache.flink.util.TemporaryClassLoaderContext;
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
final class JobPresence implements Closeable {

    /**
     * After so long without a heartbeat the brokers take a job for dead; their least by default.
     */
    static final Duration SESSION = Duration.ofSeconds(6);

    private static final Logger LOG = LoggerFactory.getLogger(JobPresence.class);
    private static final Pattern NO_TOPIC = Pattern.compile("(?!)");
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String group;
    private final KafkaConsumer<byte[], byte[]> member;
    private final Thread thread;

    JobPresence(Properties client, String group) {
        this.group = group;
        this.member =
                new KafkaConsumer<>(
                        properties(client, group),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        this.thread = new Thread(this::stay, group);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Joins the group; what is returned leaves it.
     *
     * <p>Flink closes the class loader of a job without waiting for the end of its enumerator. A
     * member that has to load a class to leave could not then: its heartbeats would go on, and the
     * job could not be started again. So its classes are those of a class loader of its own, which
     * goes when its thread has ended.
     *
     * @param settings of the Kafka cluster
     * @param jobName the job's
     */
    static Closeable start(KafkaSettings settings, String jobName) {
        ClassLoader classes = classesForItself();
        // Kafka looks there for what its settings name.
        try (TemporaryClassLoaderContext context = TemporaryClassLoaderContext.of(classes)) {
            Constructor<?> constructor =
                    classes.loadClass(JobPresence.class.getName())
                            .getDeclaredConstructor(Properties.class, String.class);
            constructor.setAccessible(true);
            return (Closeable) constructor.newInstance(settings.clientProperties(), group(jobName));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the job cannot join " + group(jobName), e);
        }
    }

    /** A job on the class path of the process has classes that stay. */
    private static ClassLoader classesForItself() {
        ClassLoader own = JobPresence.class.getClassLoader();
        return own instanceof MutableURLClassLoader jobs ? jobs.copy() : own;
    }

    /** The consumer group in which the jobs of a name are. */
    static String group(String jobName) {
        return jobName + "-running";
    }

    private static Properties properties(Properties client, String group) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, group);
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        // Of the newer protocol the broker sets the session's length, for all groups alike.
        properties.setProperty(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.setProperty(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(SESSION.toMillis()));
        properties.setProperty(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Long.toString(SESSION.toMillis() / 4));
        return properties;
    }

    private void stay() {
        try (member) {
            member.subscribe(NO_TOPIC);
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
