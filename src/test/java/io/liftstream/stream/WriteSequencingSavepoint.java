package io.liftstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * Writes the savepoint that {@link SequenceFramesRecoveryTest} restores.
 *
 * <p>It is run once for each version of the state's format, and its file is kept for ever: a
 * savepoint that a fleet took with that version must be read by every later build.
 */
final class WriteSequencingSavepoint {

    private WriteSequencingSavepoint() {}

    /** Writes to the file named by the only argument. */
    public static void main(String[] arguments) throws Exception {
        SequencingSettings live =
                new SequencingSettings(500_000_000L, false, 5_000, 100, 1_000_000, 86_400_000);
        Frames frames = new Frames();
        try (SequencingHarness order = SequencingHarness.start(live)) {
            order.send(frames.ofStream("a", 100_000, 90));
            order.send(frames.ofStream("b", 1000, 0), frames.ofStream("b", 1100, 1));
            order.wallClock(5_000);
            order.send(secondVersion(), frames.of("other", 1000, 0));
            OperatorSnapshotUtil.writeStateHandle(order.snapshot(1), arguments[0]);
        }
    }

    private static CameraFrame secondVersion() {
        return new CameraFrame(
                Frames.CAMERA,
                1_500_000_000L,
                5,
                true,
                "b",
                "a frame of the second version".getBytes(UTF_8),
                new Provenance("frames", 0, 77, 1500));
    }
}
