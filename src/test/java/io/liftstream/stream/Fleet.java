package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What some cameras sent, each list in the order in which it arrived.
 *
 * @param arrivals one list per camera
 */
record Fleet(List<List<CameraFrame>> arrivals) {

    /** What a camera, its clock or its network does next. */
    private enum Deed {
        FRAME,
        SAME_TIME,
        JITTER,
        SENT_AGAIN,
        BLOCK_SENT_AGAIN,
        STRAGGLER,
        LOST_ON_THE_WAY,
        PAUSE,
        RESTART,
        CLOCK_SET_BACK_A_LITTLE,
        CLOCK_SET_BACK_FAR,
        ONE_STAMP_FAR_AHEAD,
        CLOCK_STANDS_STILL
    }

    /**
     * @param size how much earlier a frame was captured, milliseconds, or how many frames the deed
     *     concerns
     */
    private record Step(Deed deed, int size, int bytes) {}

    /** What a camera says about its frames. */
    private enum Habit {
        COUNTS,
        COUNTS_AND_NAMES_ITS_STREAMS,
        DOES_NOT_COUNT
    }

    private record Script(Habit habit, List<Step> steps) {}

    /** One to four cameras of any habit, to which anything happens. */
    static Arbitrary<Fleet> any() {
        Arbitrary<Deed> deeds =
                Arbitraries.frequency(
                        Tuple.of(30, Deed.FRAME),
                        Tuple.of(2, Deed.SAME_TIME),
                        Tuple.of(4, Deed.JITTER),
                        Tuple.of(2, Deed.SENT_AGAIN),
                        Tuple.of(1, Deed.BLOCK_SENT_AGAIN),
                        Tuple.of(1, Deed.STRAGGLER),
                        Tuple.of(2, Deed.LOST_ON_THE_WAY),
                        Tuple.of(1, Deed.PAUSE),
                        Tuple.of(1, Deed.RESTART),
                        Tuple.of(1, Deed.CLOCK_SET_BACK_A_LITTLE),
                        Tuple.of(1, Deed.CLOCK_SET_BACK_FAR),
                        Tuple.of(1, Deed.ONE_STAMP_FAR_AHEAD),
                        Tuple.of(1, Deed.CLOCK_STANDS_STILL));
        Arbitrary<Step> steps =
                Combinators.combine(
                                deeds,
                                Arbitraries.integers().between(0, 700),
                                Arbitraries.integers().between(1, 60))
                        .as(Step::new);
        Arbitrary<Script> scripts =
                Combinators.combine(
                                Arbitraries.of(Habit.class),
                                steps.list().ofMinSize(25).ofMaxSize(120))
                        .as(Script::new);
        return scripts.list().ofMinSize(1).ofMaxSize(4).map(Fleet::of);
    }

    private static Fleet of(List<Script> scripts) {
        List<List<CameraFrame>> arrivals = new ArrayList<>();
        for (int camera = 0; camera < scripts.size(); camera++) {
            Script script = scripts.get(camera);
            Camera sender = new Camera("camera-" + camera, camera, script.habit());
            script.steps().forEach(sender::act);
            arrivals.add(sender.sent);
        }
        return new Fleet(arrivals);
    }

    /** All frames in one line, each camera's in their order. */
    List<CameraFrame> interleaved(Random random) {
        List<List<CameraFrame>> left = new ArrayList<>();
        arrivals.forEach(frames -> left.add(new ArrayList<>(frames)));
        left.removeIf(List::isEmpty);
        List<CameraFrame> line = new ArrayList<>();
        while (!left.isEmpty()) {
            List<CameraFrame> next = left.get(random.nextInt(left.size()));
            line.add(next.remove(0));
            left.removeIf(List::isEmpty);
        }
        return line;
    }

    /** One camera, which has a partition of its own, so that partition and offset name a frame. */
    private static final class Camera {
        private static final int FRAME_MILLIS = 66;

        private final List<CameraFrame> sent = new ArrayList<>();
        private final String id;
        private final int partition;
        private final Habit habit;
        private long clockMillis = 1_000_000;
        private long sequence;
        private int stream;
        private int frozenFrames;

        Camera(String id, int partition, Habit habit) {
            this.id = id;
            this.partition = partition;
            this.habit = habit;
        }

        private void act(Step step) {
            if (frozenFrames > 0) {
                frozenFrames--;
            } else {
                clockMillis += FRAME_MILLIS;
            }
            switch (step.deed()) {
                case FRAME, SAME_TIME -> {}
                case JITTER -> {
                    send(clockMillis - step.size(), sequence++, step.bytes());
                    return;
                }
                case SENT_AGAIN -> {
                    sendAgain(1 + step.size() / 40, 1);
                    return;
                }
                case BLOCK_SENT_AGAIN -> {
                    sendAgain(1 + step.size() / 10, 1 + step.size() / 10);
                    return;
                }
                case STRAGGLER -> {
                    send(clockMillis - 1000 - 100L * step.size(), sequence, step.bytes());
                    sequence++;
                }
                case LOST_ON_THE_WAY -> sequence++;
                case PAUSE -> clockMillis += 5_000;
                case RESTART -> {
                    clockMillis -= 100L * step.size();
                    sequence = 0;
                    stream++;
                }
                case CLOCK_SET_BACK_A_LITTLE -> clockMillis -= 2_000;
                case CLOCK_SET_BACK_FAR -> clockMillis -= 180_000;
                case ONE_STAMP_FAR_AHEAD -> {
                    send(clockMillis + 250_000, sequence++, step.bytes());
                    return;
                }
                case CLOCK_STANDS_STILL -> frozenFrames = 1 + step.size() / 20;
            }
            if (step.deed() == Deed.SAME_TIME) {
                clockMillis -= FRAME_MILLIS;
            }
            send(clockMillis, sequence++, step.bytes());
        }

        private void sendAgain(int back, int count) {
            int first = Math.max(0, sent.size() - back);
            for (CameraFrame frame : List.copyOf(sent).subList(first, sent.size())) {
                if (sent.size() - first >= back + count) {
                    return;
                }
                add(frame.captureTimeNanos(), frame.sequence(), frame.streamId(), 7);
            }
        }

        private void send(long captureMillis, long number, int bytes) {
            String streamId = habit == Habit.COUNTS_AND_NAMES_ITS_STREAMS ? "s" + stream : null;
            add(MILLISECONDS.toNanos(captureMillis), number, streamId, bytes);
        }

        private void add(long captureNanos, long number, String streamId, int bytes) {
            boolean counts = habit != Habit.DOES_NOT_COUNT;
            long offset = sent.size();
            sent.add(
                    new CameraFrame(
                            id,
                            captureNanos,
                            counts ? number : offset,
                            counts,
                            streamId,
                            new byte[bytes],
                            new Provenance("frames", partition, offset, 0)));
        }
    }
}
