package io.liftstream.cli.job;

import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.GroupProbe;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import java.time.Instant;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;

/** What a live job passes over that starts without a checkpoint and without committed offsets. */
final class FirstStart {
    private final JobSettings settings;

    /**
     * @param settings of the job
     */
    FirstStart(JobSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return how many frames it does not look back to; 0 where this is no first start}
     *
     * @param now when it starts
     * @throws InterruptedException where this thread is interrupted
     */
    long passedOver(Instant now) throws InterruptedException {
        long maxAge = settings.topology().maxAgeMillis();
        if (maxAge == 0 || !startsFromGroup() || hasCommitted()) {
            return 0;
        }
        ReadPosition lookBack = ReadPosition.parse(now.minusMillis(maxAge).toString());
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            return reader.ranges(ReadPosition.parse("earliest"), lookBack).stream()
                    .mapToLong(PartitionRange::length)
                    .sum();
        }
    }

    /** A checkpoint's offsets take precedence over the group's. */
    private boolean startsFromGroup() {
        return settings.mode() == JobMode.LIVE
                && settings.start().isCommitted()
                && !Configuration.fromMap(settings.flink())
                        .contains(StateRecoveryOptions.SAVEPOINT_PATH);
    }

    private boolean hasCommitted() throws InterruptedException {
        try (GroupProbe group = new GroupProbe(settings.kafka())) {
            return !group.committed(settings.framesTopic()).isEmpty();
        }
    }
}
