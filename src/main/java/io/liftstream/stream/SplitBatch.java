package io.liftstream.stream;

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
        for (FrameOutcome outcome : batch.outcomes()) {
            if (outcome.rejection() == null) {
                out.collect(outcome.estimated());
            } else {
                context.output(
                        RejectionOutput.TAG,
                        outcome.rejection().withOriginalCutTo(maxOriginalBytes));
            }
        }
    }
}
