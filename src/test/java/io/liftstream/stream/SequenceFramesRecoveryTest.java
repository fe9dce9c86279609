package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.DUPLICATE;
import static io.liftstream.frame.RejectionReason.LATE;
import static io.liftstream.frame.RejectionReason.LATE_AFTER_FLUSH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/** What is known about a camera survives a failure, and time passed meanwhile flushes nothing. */
class SequenceFramesRecoveryTest {
    private static final long DAY = 86_400_000;
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, 60_000_000_000L, 0, 100, 1_000_000, 0);
    private static final SequencingSettings LIVE =
            new SequencingSettings(500_000_000L, 60_000_000_000L, 5_000, 100, 1_000_000, DAY);
    private static final String SAVEPOINT = "/savepoints/sequence-frames-v1.snapshot";

    private final Frames frames = new Frames();

    @Test
    void pendingFramesWatermarkAndReleasedPositionsAreRestored() throws Exception {
        OperatorSubtaskState state;
        try (SequencingHarness before = SequencingHarness.start(REPLAY)) {
            before.send(frames.at(100_000, 90), frames.at(1000, 0));
            before.send(frames.at(1100, 1), frames.at(1500, 5), frames.at(1600, 6));
            state = before.snapshot(1);
        }
        try (SequencingHarness after = SequencingHarness.restore(REPLAY, state, 0)) {
            after.send(frames.at(1100, 1), frames.at(1099, 7), frames.at(1600, 6));
            assertThat(after.reasons()).containsExactly(DUPLICATE, LATE, DUPLICATE);

            after.send(frames.at(1200, 2));
            after.endInput();
            assertThat(after.releasedPositions())
                    .containsExactly("1:1200/2", "1:1500/5", "1:1600/6");
        }
    }

    @Test
    void aSnapshotDoesNotSeeWhatComesAfterIt() throws Exception {
        OperatorSubtaskState state;
        try (SequencingHarness before = SequencingHarness.start(REPLAY)) {
            before.send(frames.at(1000, 0));
            state = before.snapshot(1);
            before.send(frames.at(1100, 1), frames.at(9000, 2));
        }
        try (SequencingHarness after = SequencingHarness.restore(REPLAY, state, 0)) {
            after.endInput();
            assertThat(after.releasedPositions()).containsExactly("0:1000/0");
        }
    }

    @Test
    void aTimerThatIsOverdueAfterARestartWaitsForTheBacklog() throws Exception {
        OperatorSubtaskState state = liveWithOnePendingFrame();
        try (SequencingHarness after = SequencingHarness.restore(LIVE, state, 3_600_000)) {
            after.wallClock(3_600_001);
            assertThat(after.released()).isEmpty();
            assertThat(after.timers()).isEqualTo(1);

            after.send(frames.at(900, 1));
            after.wallClock(3_605_001);
            assertThat(after.releasedPositions()).containsExactly("0:900/1", "0:1000/0");
            assertThat(after.rejections()).isEmpty();
        }
    }

    @Test
    void aTimerThatWaitedForTheBacklogFlushesInTheEnd() throws Exception {
        OperatorSubtaskState state = liveWithOnePendingFrame();
        try (SequencingHarness after = SequencingHarness.restore(LIVE, state, 3_600_000)) {
            after.wallClock(3_600_001);
            after.wallClock(3_605_001);
            assertThat(after.releasedPositions()).containsExactly("0:1000/0");

            after.send(frames.at(900, 1));
            assertThat(after.reasons()).containsExactly(LATE_AFTER_FLUSH);
        }
    }

    @Test
    void framesThatWaitedLongerThanTheirCameraIsRememberedAreReleasedFirst() throws Exception {
        OperatorSubtaskState state = liveWithOnePendingFrame();
        try (SequencingHarness after = SequencingHarness.restore(LIVE, state, 40 * DAY)) {
            after.wallClock(40 * DAY + 1);
            after.wallClock(40 * DAY + 5_001);
            assertThat(after.releasedPositions()).containsExactly("0:1000/0");

            after.wallClock(40 * DAY + 5_002);
            assertThat(after.stateEntries()).isZero();
            assertThat(after.timers()).isZero();
        }
    }

    @Test
    void aLiveStateGoesOnInReplay() throws Exception {
        OperatorSubtaskState state = liveWithOnePendingFrame();
        try (SequencingHarness after = SequencingHarness.restore(REPLAY, state, DAY)) {
            after.wallClock(3 * DAY);
            after.send(frames.at(900, 1));
            after.endInput();

            assertThat(after.releasedPositions()).containsExactly("0:900/1", "0:1000/0");
            assertThat(after.timers()).isZero();
        }
    }

    @Test
    void rocksDbHoldsTheSame() throws Exception {
        OperatorSubtaskState state;
        try (SequencingHarness before =
                SequencingHarness.start(LIVE, new EmbeddedRocksDBStateBackend())) {
            before.send(frames.at(100_000, 90), frames.at(1000, 0), frames.at(1100, 1));
            before.send(frames.of("other", 5, 5), frames.at(1500, 5), frames.at(1100, 1));
            assertThat(before.releasedPositions()).containsExactly("0:100000/90", "1:1000/0");
            assertThat(before.reasons()).containsExactly(DUPLICATE);
            state = before.snapshot(1);
        }
        try (SequencingHarness after =
                SequencingHarness.restore(
                        LIVE, new EmbeddedRocksDBStateBackend(), state, 1, 0, 0)) {
            after.send(frames.at(1000, 0), frames.at(1200, 2));
            after.endInput();
            assertThat(after.reasons()).containsExactly(DUPLICATE);
            assertThat(after.releasedPositions())
                    .containsExactlyInAnyOrder("1:1100/1", "1:1200/2", "1:1500/5", "0:5/5");
        }
    }

    @Test
    void theSavepointOfTheFirstVersionIsStillRead() throws Exception {
        URL savepoint = SequenceFramesRecoveryTest.class.getResource(SAVEPOINT);
        OperatorSubtaskState state =
                OperatorSnapshotUtil.readStateHandle(Path.of(savepoint.toURI()).toString());
        try (SequencingHarness after = SequencingHarness.restore(LIVE, state, 0)) {
            after.send(frames.at(1000, 0), frames.at(1050, 9), frames.of("other", 1050, 1));
            assertThat(after.reasons()).containsExactly(DUPLICATE, LATE_AFTER_FLUSH);

            after.endInput();
            assertThat(after.releasedPositions())
                    .containsExactlyInAnyOrder("1:1500/5", "0:1000/0", "0:1050/1");
            assertThat(after.released())
                    .filteredOn(released -> released.frame().captureTimeNanos() == 1_500_000_000L)
                    .extracting(released -> new String(released.frame().payload(), UTF_8))
                    .containsExactly("a frame of the first version");
        }
    }

    private OperatorSubtaskState liveWithOnePendingFrame() throws Exception {
        try (SequencingHarness before = SequencingHarness.start(LIVE)) {
            before.send(frames.at(1000, 0));
            return before.snapshot(1);
        }
    }
}
