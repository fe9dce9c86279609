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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known about a camera survives a failure, and time passed meanwhile flushes nothing. */
class SequenceFramesRecoveryTest {
    private static final long DAY = 86_400_000;
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, false, 0, 100, 1_000_000, 0);
    private static final SequencingSettings LIVE =
            new SequencingSettings(500_000_000L, false, 5_000, 100, 1_000_000, DAY);

    private final Frames frames = new Frames();

    @Test
    void pendingFramesWatermarkAndPositionsSeenAreRestored() throws Exception {
        OperatorSubtaskState state;
        try (SequencingHarness before = SequencingHarness.start(REPLAY)) {
            before.send(frames.at(900, 0), frames.at(1100, 1));
            before.send(frames.at(1500, 5), frames.at(1600, 6));
            state = before.snapshot(1);
        }
        try (SequencingHarness after = SequencingHarness.restore(REPLAY, state, 0)) {
            assertThat(after.value("pendingFrames")).isEqualTo(2L);
            after.send(frames.at(1100, 1), frames.at(1099, 7), frames.at(1600, 6));
            assertThat(after.reasons()).containsExactly(DUPLICATE, LATE, DUPLICATE);

            after.send(frames.at(1200, 2));
            after.endInput();
            assertThat(after.releasedPositions())
                    .containsExactly("0:1200/2", "0:1500/5", "0:1600/6");
            assertThat(after.value("pendingFrames")).isEqualTo(0L);
        }
    }

    @Test
    void aRunOfLateFramesAndTheStreamsOfACameraAreRestored() throws Exception {
        OperatorSubtaskState state;
        try (SequencingHarness before = SequencingHarness.start(REPLAY)) {
            before.send(frames.ofStream("a", 1000, 5), frames.ofStream("b", 90_000, 0));
            for (int i = 1; i < LateRun.CONFIRMING_FRAMES; i++) {
                before.send(frames.ofStream("b", i, i));
            }
            state = before.snapshot(1);
        }
        try (SequencingHarness after = SequencingHarness.restore(REPLAY, state, 0)) {
            after.send(frames.ofStream("a", 95_000, 6), frames.ofStream("b", 10, 10));
            assertThat(after.reasons()).containsExactly(LATE);
            after.endInput();
            assertThat(after.releasedPositions()).containsExactly("1:90000/0", "2:10/10");
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
            before.send(frames.at(1000, 0), frames.at(1100, 1));
            before.send(frames.of("other", 5, 5), frames.at(1500, 5), frames.at(1100, 1));
            assertThat(before.releasedPositions()).containsExactly("0:1000/0");
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
                    .containsExactlyInAnyOrder("0:1100/1", "0:1200/2", "0:1500/5", "0:5/5");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theSavepointOfEachVersionIsStillRead(int version) throws Exception {
        URL savepoint =
                SequenceFramesRecoveryTest.class.getResource(
                        "/savepoints/sequence-frames-v" + version + ".snapshot");
        OperatorSubtaskState state =
                OperatorSnapshotUtil.readStateHandle(Path.of(savepoint.toURI()).toString());
        try (SequencingHarness after = SequencingHarness.restore(LIVE, state, 0)) {
            assertThat(after.value("pendingFrames")).isEqualTo(2L);
            after.send(frames.at(1000, 0), frames.at(1050, 9), frames.of("other", 1050, 1));
            assertThat(after.reasons()).containsExactly(DUPLICATE, LATE_AFTER_FLUSH);

            after.endInput();
            assertThat(after.releasedPositions())
                    .containsExactlyInAnyOrder("1:1500/5", "0:1000/0", "0:1050/1");
            assertThat(after.released())
                    .filteredOn(released -> released.frame().captureTimeNanos() == 1_500_000_000L)
                    .extracting(released -> new String(released.frame().payload(), UTF_8))
                    .allMatch(payload -> payload.startsWith("a frame of the "));
        }
    }

    private OperatorSubtaskState liveWithOnePendingFrame() throws Exception {
        try (SequencingHarness before = SequencingHarness.start(LIVE)) {
            before.send(frames.at(1000, 0));
            return before.snapshot(1);
        }
    }
}
