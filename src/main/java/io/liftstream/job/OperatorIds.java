package io.liftstream.job;

/**
 * The uid and name of every operator. A uid ties an operator to its state in savepoints: it is
 * never changed and never used again.
 */
public enum OperatorIds {
    FRAMES("frames-source", "Frames"),
    REJECT_MALFORMED("reject-malformed", "RejectMalformed"),
    SEQUENCE_FRAMES("sequence-frames", "SequenceFrames"),
    BATCH_FRAMES("batch-frames", "BatchFrames"),
    ESTIMATE_DEPTH("estimate-depth", "EstimateDepth"),
    SPLIT_OUTCOMES("split-outcomes", "SplitOutcomes"),
    DEPTH_SINK("depth-sink", "Depth"),
    REJECTED_SINK("rejected-sink", "Rejected");

    private final String uid;
    private final String operatorName;

    OperatorIds(String uid, String operatorName) {
        this.uid = uid;
        this.operatorName = operatorName;
    }

    /** Ties the operator to its state. */
    public String uid() {
        return uid;
    }

    /** Shown in Flink's UI and metrics. */
    public String operatorName() {
        return operatorName;
    }
}
