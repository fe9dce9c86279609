package io.liftstream.stream;

import io.liftstream.frame.Provenance;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Takes batches apart again: estimated frames on, in order; rejections to {@link
 * RejectionOutput#TAG}. A function of its own, because a map function has one output and makes one
 * record of one.
 */
public final class SplitBatch extends ProcessFunction<BatchOutcome, EstimatedFrame> {
    private static final long serialVersionUID = 1L;

    private final int maxOriginalBytes;

    /**
     * @param maxOriginalBytes how much of a frame travels with its rejection
     */
    public SplitBatch(int maxOriginalBytes) {
        this.maxOriginalBytes = maxOriginalBytes;
    }

    @Override
    public void processElement(BatchOutcome batch, Context context, Collector<EstimatedFrame> out) {
        long newest = newestMillis(batch);
        for (FrameOutcome outcome : batch.outcomes()) {
            if (outcome.rejection() == null) {
                out.collect(outcome.estimated().inBatch(newest));
            } else {
                context.output(
                        RejectionOutput.TAG,
                        outcome.rejection().withOriginalCutTo(maxOriginalBytes));
            }
        }
    }

    private static long newestMillis(BatchOutcome batch) {
        return batch.outcomes().stream()
                .filter(outcome -> outcome.rejection() == null)
                .map(outcome -> outcome.estimated().frame().frame().provenance())
                .filter(Provenance::stampedByBroker)
                .mapToLong(Provenance::brokerTimeMillis)
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
