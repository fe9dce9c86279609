package io.liftstream.job;

import io.liftstream.kafka.PresentJobs;
import io.liftstream.kafka.TopicChecks;
import java.util.ArrayList;
import java.util.List;
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
        List<String> warnings = new ArrayList<>();
        try (TopicChecks brokers = new TopicChecks(settings.kafka())) {
            TopicRules rules = new TopicRules(settings);
            List<TopicFault> faults = rules.faults(brokers);
            long missing = faults.stream().filter(TopicFault::missing).count();
            for (TopicFault fault : faults) {
                // One command creates them all, and stands behind the last.
                boolean last = fault.missing() && --missing == 0;
                (fault.refused() ? problems : warnings)
                        .add(fault.text() + (last ? rules.creation() : ""));
            }
            problems.addAll(
                    brokers.unnamedPartitions(
                            settings.framesTopic(), settings.start(), settings.end()));
            if (settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
                problems.addAll(
                        TransactionTimeouts.problems(
                                settings.sink(), brokers.maxTransactionTimeout()));
            }
            if (problems.isEmpty()) {
                checkName();
            }
        } catch (IllegalStateException e) {
            problems.add(e.getMessage());
        }
        if (problems.isEmpty()) {
            warnings.forEach(LOG::warn);
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
}
