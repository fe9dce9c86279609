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

    /** What a camera does next. */
    private enum Deed {
        FRAME,
        SAME_TIME,
        DUPLICATE,
        GAP,
        RESTART,
        CLOCK_SET_BACK
    }

    /**
     * @param jitterMillis how much earlier than its turn the frame was captured
     */
    private record Step(Deed deed, int jitterMillis, int bytes) {}

    /** One to four cameras with jitter, equal times, duplicates, gaps, restarts and bad clocks. */
    static Arbitrary<Fleet> any() {
        Arbitrary<Deed> deeds =
                Arbitraries.frequency(
                        Tuple.of(12, Deed.FRAME),
                        Tuple.of(2, Deed.SAME_TIME),
                        Tuple.of(2, Deed.DUPLICATE),
                        Tuple.of(1, Deed.GAP),
                        Tuple.of(1, Deed.RESTART),
                        Tuple.of(1, Deed.CLOCK_SET_BACK));
        Arbitrary<Step> steps =
                Combinators.combine(
                                deeds,
                                Arbitraries.integers().between(0, 700),
                                Arbitraries.integers().between(1, 60))
                        .as(Step::new);
        return steps.list()
                .ofMinSize(25)
                .ofMaxSize(80)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Fleet::of);
    }

    private static Fleet of(List<List<Step>> stepsByCamera) {
        List<List<CameraFrame>> arrivals = new ArrayList<>();
        for (int camera = 0; camera < stepsByCamera.size(); camera++) {
            arrivals.add(framesOf("camera-" + camera, camera, stepsByCamera.get(camera)));
        }
        return new Fleet(arrivals);
    }

    /** Each camera has a partition of its own, so that partition and offset name a frame. */
    private static List<CameraFrame> framesOf(String camera, int partition, List<Step> steps) {
        List<CameraFrame> frames = new ArrayList<>();
        long clockMillis = 1_000_000;
        long sequence = 0;
        for (Step step : steps) {
            CameraFrame before = frames.isEmpty() ? null : frames.get(frames.size() - 1);
            Provenance provenance = new Provenance("frames", partition, frames.size(), 0);
            switch (step.deed()) {
                case GAP -> clockMillis += 5_000;
                case RESTART -> {
                    clockMillis -= 100_000;
                    sequence = 0;
                }
                case CLOCK_SET_BACK -> clockMillis -= 2_000;
                case FRAME, SAME_TIME, DUPLICATE -> clockMillis += 66;
            }
            long captureNanos = MILLISECONDS.toNanos(clockMillis - step.jitterMillis());
            if (before != null && step.deed() == Deed.SAME_TIME) {
                captureNanos = before.captureTimeNanos();
            }
            long frameSequence = sequence;
            if (before != null && step.deed() == Deed.DUPLICATE) {
                CameraFrame original =
                        frames.get(Math.max(0, frames.size() - 1 - step.bytes() / 4));
                captureNanos = original.captureTimeNanos();
                frameSequence = original.sequence();
            } else {
                sequence++;
            }
            byte[] payload = new byte[step.bytes()];
            frames.add(new CameraFrame(camera, captureNanos, frameSequence, payload, provenance));
        }
        return frames;
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
}
