package io.liftstream.stream;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * Writes the savepoint that {@link LiftFramesSavepointTest} restores; run once for each version of
 * the state's format, as {@link WriteSequencingSavepoint} is.
 */
final class WriteLiftingSavepoint {

    private WriteLiftingSavepoint() {}

    /** Writes to the file named by the only argument. */
    public static void main(String[] arguments) throws Exception {
        try (var harness = LiftFramesSavepointTest.harness()) {
            harness.open();
            for (String camera : new String[] {"gate", "yard"}) {
                for (int index = 0; index < 2; index++) {
                    harness.processElement(
                            new StreamRecord<>(
                                    LiftFramesSavepointTest.frame(
                                            camera, index, 1 + index, index)));
                }
            }
            OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), arguments[0]);
        }
    }
}
