package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import java.io.Closeable;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.ChildFirstClassLoader;
import org.apache.flink.util.FlinkUserCodeClassLoader;
import org.apache.flink.util.TemporaryClassLoaderContext;
import org.junit.jupiter.api.Test;

/** A session cluster closes the class loader of a job, and does not wait for the job's threads. */
class JobPresenceITCase {
    private static final String JOB = "cancelled";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** As soon as it is a member, at whatever Kafka's client does then for the first time. */
    @Test
    void aJobLeavesItsGroupWhenItCanLoadNoMoreClasses() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                URLClassLoader jobs = classLoaderOfAJob();
                PresentJobs present =
                        new PresentJobs(
                                new KafkaSettings(broker.bootstrapServers(), "any", Map.of()))) {
            Closeable presence;
            // As Flink does for the code of a job: Kafka looks for its classes there.
            try (TemporaryClassLoaderContext context = TemporaryClassLoaderContext.of(jobs)) {
                presence = presence(jobs, broker.bootstrapServers());
            }
            awaitMember(present);

            jobs.close();
            presence.close();

            assertThat(present.members(JOB)).as("before the session ends").isEmpty();
        }
    }

    @Test
    void theGroupProtocolOfTheJobsOtherConsumersIsNotThatOfItsPresence() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaSettings settings =
                    new KafkaSettings(
                            broker.bootstrapServers(), "any", Map.of("group.protocol", "consumer"));
            try (PresentJobs present = new PresentJobs(settings);
                    Closeable presence = JobPresence.start(settings, JOB)) {
                assertThat(presence).isNotNull();
                awaitMember(present);
            }
        }
    }

    private static URLClassLoader classLoaderOfAJob() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new ChildFirstClassLoader(
                urls.toArray(URL[]::new),
                new ClassesOfFlink(),
                CoreOptions.getParentFirstLoaderPatterns(new Configuration()),
                FlinkUserCodeClassLoader.NOOP_EXCEPTION_HANDLER);
    }

    private static Closeable presence(ClassLoader jobs, String brokers) throws Exception {
        Class<?> settings = jobs.loadClass(KafkaSettings.class.getName());
        Method start =
                jobs.loadClass(JobPresence.class.getName())
                        .getDeclaredMethod("start", settings, String.class);
        start.setAccessible(true);
        Object kafka =
                settings.getConstructor(String.class, String.class, Map.class)
                        .newInstance(brokers, "any", Map.of());
        return (Closeable) start.invoke(null, kafka, JOB);
    }

    private static void awaitMember(PresentJobs present) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (present.members(JOB).isEmpty()) {
            assertThat(System.nanoTime()).as("no member").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    /** What is on the class path of a session cluster. */
    private static final class ClassesOfFlink extends ClassLoader {
        ClassesOfFlink() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.flink.") || name.startsWith("org.slf4j.")) {
                return JobPresenceITCase.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
