package io.liftstream.job;

/**
 * The uid and name of every operator. A uid ties an operator to its state in savepoints: it is
 * never changed and never used again.
 */
public enum OperatorIds {
    /** Reads the frames topic. */
    FRAMES("frames-source", "Frames"),
    /** Refuses records that hold no usable frame. */
    REJECT_MALFORMED("reject-malformed", "RejectMalformed"),
    /** Puts each camera's frames in order. */
    SEQUENCE_FRAMES("sequence-frames", "SequenceFrames"),
    /** Sheds frames when more come than can be lifted. */
    SHED_FRAMES("shed-frames", "ShedFrames"),
    /** Bundles frames of any cameras. */
    BATCH_FRAMES("batch-frames", "BatchFrames"),
    /** Runs the networks. */
    ESTIMATE_DEPTH("estimate-depth", "EstimateDepth"),
    /** Takes batches apart again, into estimated frames and rejections. */
    SPLIT_BATCH("split-outcomes", "SplitBatch"),
    /** Makes the geometry of each camera's frames and encodes the results. */
    LIFT_FRAMES("lift-frames", "LiftFrames"),
    /** Writes the depth topic. */
    DEPTH_SINK("depth-sink", "Depth"),
    /** Writes the rejected topic. */
    REJECTED_SINK("rejected-sink", "Rejected"),
    /** Reads the calibration topic, where there is one. */
    CALIBRATIONS("calibrations-source", "Calibrations"),
    /** Tells of calibrations that do not count, where there is a calibration topic. */
    JUDGE_CALIBRATIONS("judge-calibrations", "JudgeCalibrations");

    private final String uid;
    private final String operatorName;

    OperatorIds(String uid, String operatorName) {
        this.uid = uid;
        this.operatorName = operatorName;
    }

    /** {@return the text that ties the operator to its state} */
    public String uid() {
        return uid;
    }

    /** {@return the name shown in Flink's UI and metrics} */
    public String operatorName() {
        return operatorName;
    }
}
