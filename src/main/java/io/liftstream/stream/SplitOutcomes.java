package io.liftstream.stream;

import io.liftstream.wire.EncodedResult;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Results on, in order; rejections to {@link RejectionOutput#TAG}. */
public final class SplitOutcomes extends ProcessFunction<LiftedBatch, EncodedResult> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(LiftedBatch batch, Context context, Collector<EncodedResult> out) {
        for (FrameOutcome outcome : batch.outcomes()) {
            if (outcome.result() != null) {
                out.collect(outcome.result());
            } else {
                context.output(RejectionOutput.TAG, outcome.rejection());
            }
        }
    }
}
