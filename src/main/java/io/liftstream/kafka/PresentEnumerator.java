package io.liftstream.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's enumerator of partitions, of which a job has one, on its JobManager; and as long as it
 * lives, the job is present to the brokers.
 */
final class PresentEnumerator
        implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final Logger LOG = LoggerFactory.getLogger(PresentEnumerator.class);
    private static final int BROKER_TIMEOUT_MILLIS = 10_000;

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka;
    private final KafkaSettings settings;
    private final String jobName;
    private Closeable presence;

    /**
     * @param kafka enumerates the partitions
     * @param settings of the Kafka cluster
     * @param jobName the job's
     */
    PresentEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> kafka,
            KafkaSettings settings,
            String jobName) {
        this.kafka = kafka;
        this.settings = settings;
        this.jobName = jobName;
    }

    @Override
    public void start() {
        loadWhatClosingTakes();
        presence = JobPresence.start(settings, jobName);
        kafka.start();
    }

    /**
     * Flink closes the class loader of a job without waiting for its enumerator. Kafka's client, if
     * it has closed no connection before, cannot load what that takes any more, and the connections
     * stay open for as long as the JobManager runs. So one is closed now.
     */
    private void loadWhatClosingTakes() {
        try (Admin admin = Admin.create(settings.clientProperties())) {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(BROKER_TIMEOUT_MILLIS))
                    .clusterId()
                    .get();
        } catch (ExecutionException e) {
            LOG.debug("No broker answers; the enumerator says so itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        kafka.handleSplitRequest(subtaskId, requesterHostname);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {
        kafka.addSplitsBack(splits, subtaskId);
    }

    @Override
    public void addReader(int subtaskId) {
        kafka.addReader(subtaskId);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
        return kafka.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        kafka.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        kafka.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void handleSourceEvent(int subtaskId, SourceEvent event) {
        kafka.handleSourceEvent(subtaskId, event);
    }

    @Override
    public void close() throws IOException {
        if (presence != null) {
            presence.close();
        }
        kafka.close();
    }
}
