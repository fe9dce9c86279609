package io.liftstream.kafka;

import io.liftstream.frame.ReceivedFrame;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;

/**
 * Reads as Flink's reader does, and besides knows where each partition begins, commits no offset of
 * a frame without an outcome, and ends a job for good whose frames are gone.
 */
final class FrameReader implements SourceReader<ReceivedFrame, KafkaPartitionSplit> {

    private final SourceReader<ReceivedFrame, KafkaPartitionSplit> kafka;
    private final KafkaSettings settings;
    private final OffsetGaps gaps;
    private final HeldCommits commits;

    FrameReader(
            SourceReader<ReceivedFrame, KafkaPartitionSplit> kafka,
            KafkaSettings settings,
            OffsetGaps gaps,
            HeldCommits commits) {
        this.kafka = kafka;
        this.settings = settings;
        this.gaps = gaps;
        this.commits = commits;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        splits.forEach(split -> gaps.beginAt(split.getPartition(), split.getStartingOffset()));
        kafka.addSplits(splits);
    }

    /** Reading on at another place would leave frames out, and no restart brings them back. */
    @Override
    public InputStatus pollNext(ReaderOutput<ReceivedFrame> output) throws Exception {
        try {
            return kafka.pollNext(output);
        } catch (Exception failure) {
            OffsetOutOfRangeException gone =
                    ExceptionUtils.findThrowable(failure, OffsetOutOfRangeException.class)
                            .orElse(null);
            if (gone == null) {
                throw failure;
            }
            throw new SuppressRestartsException(
                    new FramesGoneException(RemovedOffsets.describe(settings, gone), failure));
        }
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        commits.started(checkpoint);
        return kafka.snapshotState(checkpoint);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        OptionalLong decided = commits.completed(checkpoint);
        if (decided.isPresent()) {
            kafka.notifyCheckpointComplete(decided.getAsLong());
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        kafka.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void start() {
        kafka.start();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return kafka.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        kafka.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        kafka.handleSourceEvents(event);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        kafka.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
        kafka.close();
    }
}
