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
            tell(new TopicRules(settings).faults(brokers), warnings);
            problems.addAll(
                    brokers.positionFaults(
                            settings.framesTopic(),
                            settings.mode() == JobMode.LIVE
                                    ? List.of(settings.start())
                                    : List.of(settings.start(), settings.end())));
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
     * One command creates what is missing, one sets the rest: each stands behind the last fault.
     */
    private void tell(List<TopicFault> faults, List<String> warnings) {
        TopicCommand command = new TopicCommand(settings);
        List<TopicFault> missing = faults.stream().filter(TopicFault::missing).toList();
        List<TopicFault> refused = settable(faults, true);
        List<TopicFault> warned = settable(faults, false);
        for (TopicFault fault : faults) {
            String end = "";
            if (isLast(fault, missing)) {
                end = "; create what is missing with: " + command.creation();
            } else if (isLast(fault, refused) || isLast(fault, warned)) {
                boolean alone = (fault.refused() ? refused : warned).size() == 1;
                end = (alone ? " with: " : ". Set all of these with: ") + command.alteration();
            }
            (fault.refused() ? problems : warnings).add(fault.text() + end);
        }
    }

    private static List<TopicFault> settable(List<TopicFault> faults, boolean refused) {
        return faults.stream()
                .filter(fault -> fault.setting() != null && fault.refused() == refused)
                .toList();
    }

    private static boolean isLast(TopicFault fault, List<TopicFault> faults) {
        return !faults.isEmpty() && fault.equals(faults.get(faults.size() - 1));
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
