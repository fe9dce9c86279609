package io.liftstream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks the brokers whether a job of some name runs already. */
public final class PresentJobs implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** A job that was killed is a member for a session after its last heartbeat. */
    private static final Duration PATIENCE = JobPresence.SESSION.plusSeconds(2);

    private final Admin admin;

    /**
     * Connects; {@link #close} disconnects.
     *
     * @param settings of the Kafka cluster
     */
    public PresentJobs(KafkaSettings settings) {
        this.admin = Admin.create(settings.clientProperties());
    }

    /**
     * Looks for a job; one that has just been killed is given the time after which the brokers no
     * longer take it for alive.
     *
     * @param jobName its name
     * @return the host of its JobManager; empty where no such job runs
     * @throws IllegalStateException where the brokers do not say
     */
    public Optional<String> find(String jobName) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Collection<MemberDescription> members = members(jobName);
        while (!members.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unknown(jobName, e);
            }
            members = members(jobName);
        }
        return members.stream().map(PresentJobs::host).findFirst();
    }

    /** The jobs of a name that the brokers take for alive now. */
    Collection<MemberDescription> members(String jobName) {
        String group = JobPresence.group(jobName);
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw unknown(jobName, e.getCause());
        } catch (TimeoutException e) {
            throw unknown(jobName, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(jobName, e);
        }
    }

    private static String host(MemberDescription member) {
        return member.host().replaceFirst("^/", "");
    }

    private static IllegalStateException unknown(String jobName, Throwable cause) {
        return new IllegalStateException(
                "consumer group "
                        + JobPresence.group(jobName)
                        + " cannot be described, so nothing tells whether a job named "
                        + jobName
                        + " runs already ("
                        + (cause.getMessage() == null ? "timed out" : cause.getMessage())
                        + "); allow Read on the group",
                cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
