package io.liftstream.job;

import io.liftstream.kafka.PresentJobs;
import io.liftstream.kafka.TopicChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers whether they can serve a job, before anything is submitted. */
final class BrokerChecks {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerChecks.class);

    private final JobSettings settings;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param settings of the job
     */
    BrokerChecks(JobSettings settings) {
        this.settings = settings;
    }

    /** {@return what they cannot serve} Warns of what they serve badly. */
    List<String> problems() {
        try (TopicChecks checks = new TopicChecks(settings.kafka())) {
            problems.addAll(checks.problems(largestValues()));
            problems.addAll(
                    checks.unnamedPartitions(
                            settings.framesTopic(), settings.start(), settings.end()));
            if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
                problems.addAll(
                        TransactionTimeouts.problems(
                                settings.sink(), checks.maxTransactionTimeout()));
            }
            if (settings.calibrationTopic() != null) {
                problems.addAll(checks.calibrationProblems(settings.calibrationTopic()));
            }
            if (problems.isEmpty()) {
                warnOfProducersTimes(checks);
                warnOfCompression(checks);
                checks.retention(settings.framesTopic()).ifPresent(this::checkRetention);
                warnOfUnlimitedRetention(checks);
            }
            if (problems.isEmpty()) {
                checkName();
            }
        } catch (IllegalStateException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    /**
     * Exactly-once jobs of one name end each other's transactions, and with them results that Flink
     * takes for written; at-least-once jobs write every result twice.
     */
    private void checkName() {
        Optional<String> host;
        try (PresentJobs jobs = new PresentJobs(settings.kafka())) {
            host = jobs.find(settings.name());
        }
        if (host.isEmpty()) {
            return;
        }
        String found =
                "option job.name is "
                        + settings.name()
                        + ": a job of this name runs already, from the JobManager on "
                        + host.get();
        if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
            problems.add(
                    found
                            + ", and the two would abort each other's transactions; stop that one, or"
                            + " choose another name");
        } else {
            LOG.warn(
                    "{}, and the two share the committed offsets of one consumer group; stop that"
                            + " one, or choose another name",
                    found);
        }
    }

    private Map<String, Integer> largestValues() {
        return Map.of(
                settings.framesTopic(),
                0,
                settings.depthTopic(),
                settings.topology().estimate().format().maxBytes(),
                settings.rejectedTopic(),
                settings.topology().maxOriginalBytes());
    }

    /** Each record says whose time it bears, and is judged by the broker's alone. */
    private void warnOfProducersTimes(TopicChecks checks) {
        if (!checks.hasLogAppendTime(settings.framesTopic())) {
            LOG.warn(
                    "Topic {} has message.timestamp.type CreateTime: of frames that producers stamp,"
                            + " none is refused because its camera's clock is ahead (BAD_CLOCK) and"
                            + " none is shed for its age (SHED); set LogAppendTime",
                    settings.framesTopic());
        }
    }

    /** max.message.bytes bounds what a record has on the broker, not what it unpacks to. */
    private void warnOfCompression(TopicChecks checks) {
        String type = checks.compressionType(settings.framesTopic());
        if (!type.equals("uncompressed")) {
            LOG.warn(
                    "compression.type of topic {} is {}: a record of 1 MB can unpack to 900 MB, which"
                            + " ends every task that reads it, again and again; set uncompressed",
                    settings.framesTopic(),
                    type);
        }
    }

    private void checkRetention(Duration retention) {
        Duration maxAge = Duration.ofMillis(settings.topology().maxAgeMillis());
        if (!maxAge.isZero() && retention.compareTo(maxAge) <= 0) {
            problems.add(
                    "retention.ms of topic "
                            + settings.framesTopic()
                            + " is "
                            + OptionTypes.text(retention)
                            + ": it must be more than option live.max-age, which is "
                            + OptionTypes.text(maxAge)
                            + ", or frames are gone before they are lifted or shed");
        }
        Duration memory = positionTtl();
        if (!memory.isZero() && retention.compareTo(memory) >= 0) {
            LOG.warn(
                    "retention.ms of topic {} is {}, not shorter than ordering.position-ttl, which is"
                            + " {}: a camera can be forgotten while its frames are still there, and"
                            + " those that it sends again are lifted again; set a longer"
                            + " ordering.position-ttl",
                    settings.framesTopic(),
                    OptionTypes.text(retention),
                    OptionTypes.text(memory));
        }
    }

    private void warnOfUnlimitedRetention(TopicChecks checks) {
        if (!positionTtl().isZero() && checks.retention(settings.framesTopic()).isEmpty()) {
            LOG.warn(
                    "retention.ms of topic {} is unlimited: a camera that is silent for longer than"
                            + " ordering.position-ttl, {}, is forgotten, and frames that it sends"
                            + " again are lifted again; set ordering.position-ttl to 0 s",
                    settings.framesTopic(),
                    OptionTypes.text(positionTtl()));
        }
    }

    private Duration positionTtl() {
        return Duration.ofMillis(settings.topology().sequencing().positionTtlMillis());
    }
}
