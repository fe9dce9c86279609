package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.LATE_AFTER_FLUSH;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** What holds for every fleet, however its frames are mixed and whatever fails on the way. */
class SequenceFramesPropertyTest {
    /** So few frames may be held that they are often released early. */
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, true, 0, 6, 200, 0);

    private static final SequencingSettings REPLAY_THAT_TRUSTS_NO_SEQUENCE =
            new SequencingSettings(500_000_000L, false, 0, 6, 200, 0);

    private static final SequencingSettings LIVE =
            new SequencingSettings(500_000_000L, true, 5_000, 6, 200, 0);

    @Provide
    Arbitrary<Fleet> fleets() {
        return Fleet.any();
    }

    @Property(tries = 60)
    void everyFrameLeavesOnceAndEachCamerasFramesLeaveInOrder(
            @ForAll("fleets") Fleet fleet, @ForAll Random mix) throws Exception {
        List<CameraFrame> arrivals = fleet.interleaved(mix);
        Outcome outcome = replay(arrivals);

        Set<Provenance> left = new HashSet<>(outcome.epochs().keySet());
        left.addAll(outcome.rejected().keySet());
        assertThat(outcome.leavings()).isEqualTo(arrivals.size());
        assertThat(left)
                .containsExactlyInAnyOrderElementsOf(
                        arrivals.stream().map(CameraFrame::provenance).toList());
        for (List<SequencedFrame> frames : outcome.released().values()) {
            assertThat(frames.stream().map(SequenceFramesPropertyTest::position).toList())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Property(tries = 60)
    void everyInterleavingOfCamerasGivesTheSame(
            @ForAll("fleets") Fleet fleet, @ForAll Random mix, @ForAll Random otherMix)
            throws Exception {
        assertSame(replay(fleet.interleaved(mix)), replay(fleet.interleaved(otherMix)));
    }

    @Property(tries = 40)
    void recoveriesAndOtherParallelismsChangeNothing(
            @ForAll("fleets") Fleet fleet, @ForAll Random mix, @ForAll Random cuts)
            throws Exception {
        List<CameraFrame> arrivals = fleet.interleaved(mix);
        int firstCut = cuts.nextInt(arrivals.size() + 1);
        int secondCut = firstCut + cuts.nextInt(arrivals.size() - firstCut + 1);

        Outcome cut = new Outcome();
        OperatorSubtaskState state = null;
        state = run(arrivals.subList(0, firstCut), state, 2, 2, cut);
        state = run(arrivals.subList(firstCut, secondCut), state, 2, 3, cut);
        run(arrivals.subList(secondCut, arrivals.size()), state, 3, 1, cut);

        assertSame(cut, replay(fleet.interleaved(mix)));
    }

    @Property(tries = 200)
    void liveDiffersFromReplayByFramesThatAreLateAfterAFlush(
            @ForAll("fleets") Fleet fleet, @ForAll Random mix) throws Exception {
        List<CameraFrame> arrivals = fleet.interleaved(mix);
        Outcome replay = replay(arrivals);
        Outcome live = live(arrivals, mix);

        Map<Provenance, Integer> missing = new HashMap<>(replay.epochs());
        live.epochs()
                .forEach(
                        (frame, epoch) ->
                                assertThat(missing.remove(frame)).as("%s", frame).isEqualTo(epoch));
        assertThat(missing.keySet())
                .allSatisfy(
                        frame ->
                                assertThat(live.rejected()).containsEntry(frame, LATE_AFTER_FLUSH));
    }

    @Property(tries = 60)
    void aCameraThatNeitherLosesNorMixesFramesLeavesTheSameWithAndWithoutWaiting(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 900) Integer> gaps)
            throws Exception {
        List<CameraFrame> arrivals = new ArrayList<>();
        Frames frames = new Frames();
        long clockMillis = 0;
        for (int gap : gaps) {
            clockMillis += gap;
            arrivals.add(frames.at(clockMillis, arrivals.size()));
        }
        Outcome waiting = new Outcome();
        try (SequencingHarness order = SequencingHarness.start(REPLAY_THAT_TRUSTS_NO_SEQUENCE)) {
            order.send(arrivals.toArray(CameraFrame[]::new));
            order.endInput();
            waiting.add(order);
        }
        assertSame(replay(arrivals), waiting);
        assertThat(waiting.rejected()).isEmpty();
    }

    private static Outcome replay(List<CameraFrame> arrivals) throws Exception {
        Outcome outcome = new Outcome();
        run(arrivals, null, 1, 1, outcome);
        return outcome;
    }

    private static Outcome live(List<CameraFrame> arrivals, Random silences) throws Exception {
        Outcome outcome = new Outcome();
        try (SequencingHarness order = SequencingHarness.start(LIVE)) {
            for (CameraFrame frame : arrivals) {
                order.wallClock(order.wallClock() + (silences.nextInt(6) == 0 ? 5_000 : 66));
                order.send(frame);
            }
            order.endInput();
            outcome.add(order);
        }
        return outcome;
    }

    /**
     * Runs a part of the frames on some subtasks; the last part is the one that goes to parallelism
     * 1, and ends the input.
     *
     * @return the state of all subtasks
     */
    private static OperatorSubtaskState run(
            List<CameraFrame> arrivals,
            OperatorSubtaskState state,
            int oldParallelism,
            int parallelism,
            Outcome outcome)
            throws Exception {
        List<SequencingHarness> subtasks = new ArrayList<>();
        OperatorSubtaskState[] states = new OperatorSubtaskState[parallelism];
        try {
            for (int subtask = 0; subtask < parallelism; subtask++) {
                subtasks.add(start(state, oldParallelism, parallelism, subtask));
            }
            for (CameraFrame frame : arrivals) {
                subtasks.get(subtaskOf(frame, parallelism)).send(frame);
            }
            for (int subtask = 0; subtask < parallelism; subtask++) {
                SequencingHarness order = subtasks.get(subtask);
                if (parallelism == 1) {
                    order.endInput();
                }
                states[subtask] = order.snapshot(1);
                outcome.add(order);
            }
            return AbstractStreamOperatorTestHarness.repackageState(states);
        } finally {
            for (SequencingHarness order : subtasks) {
                order.close();
            }
        }
    }

    private static SequencingHarness start(
            OperatorSubtaskState state, int oldParallelism, int parallelism, int subtask)
            throws Exception {
        OperatorSubtaskState mine =
                state == null
                        ? null
                        : AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state,
                                SequencingHarness.MAX_PARALLELISM,
                                oldParallelism,
                                parallelism,
                                subtask);
        return SequencingHarness.restore(
                REPLAY, new HashMapStateBackend(), mine, parallelism, subtask, 0);
    }

    private static int subtaskOf(CameraFrame frame, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                frame.cameraId(), SequencingHarness.MAX_PARALLELISM, parallelism);
    }

    private static FramePosition position(SequencedFrame sequenced) {
        CameraFrame frame = sequenced.frame();
        return new FramePosition(sequenced.epoch(), frame.captureTimeNanos(), frame.sequence());
    }

    private static void assertSame(Outcome one, Outcome other) {
        assertThat(identities(one)).isEqualTo(identities(other));
        assertThat(one.rejected()).isEqualTo(other.rejected());
    }

    private static Map<String, List<String>> identities(Outcome outcome) {
        Map<String, List<String>> identities = new HashMap<>();
        outcome.released()
                .forEach(
                        (camera, frames) ->
                                identities.put(
                                        camera,
                                        frames.stream()
                                                .map(f -> f.epoch() + " " + f.frame().provenance())
                                                .toList()));
        return identities;
    }
}
