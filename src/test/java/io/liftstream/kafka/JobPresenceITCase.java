package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;

/** A session cluster closes the class loader of a job, and does not wait for the job's threads. */
class JobPresenceITCase {
    private static final String JOB = "cancelled";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    @Test
    void aJobLeavesItsGroupWhenItCanLoadNoMoreClasses() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                URLClassLoader jobs = classLoaderOfAJob();
                PresentJobs present =
                        new PresentJobs(
                                new KafkaSettings(broker.bootstrapServers(), "any", Map.of()))) {
            AutoCloseable presence;
            // As Flink does for the code of a job: Kafka looks for its classes there.
            try (TemporaryClassLoaderContext context = TemporaryClassLoaderContext.of(jobs)) {
                presence = presence(jobs, broker.bootstrapServers());
            }
            awaitSettled(present);

            jobs.close();
            presence.close();

            assertThat(present.find(JOB)).isEmpty();
        }
    }

    private static URLClassLoader classLoaderOfAJob() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static AutoCloseable presence(ClassLoader jobs, String brokers) throws Exception {
        Class<?> settings = jobs.loadClass(KafkaSettings.class.getName());
        Constructor<?> constructor =
                jobs.loadClass(JobPresence.class.getName())
                        .getDeclaredConstructor(settings, String.class);
        constructor.setAccessible(true);
        Object kafka =
                settings.getConstructor(String.class, String.class, Map.class)
                        .newInstance(brokers, "any", Map.of());
        return (AutoCloseable) constructor.newInstance(kafka, JOB);
    }

    /** The first member may be one that leaves again, to have done it once. */
    private static void awaitSettled(PresentJobs present) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        String seen = "";
        long since = System.nanoTime();
        while (seen.isEmpty() || System.nanoTime() - since < SETTLED.toNanos()) {
            assertThat(System.nanoTime()).as("no member stays").isLessThan(deadline);
            String now =
                    present.members(JOB).stream()
                            .map(MemberDescription::consumerId)
                            .collect(Collectors.joining());
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
            Thread.sleep(50);
        }
    }
}
