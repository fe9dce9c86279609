package io.liftstream.bench;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.stream.SequencingHarness;
import io.liftstream.stream.SequencingSettings;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * Measures what order costs per frame and what it keeps per camera, for fleets of three sizes.
 *
 * <p>Cameras take turns at 15 frames a second with a payload of 64 bytes and the live settings: a
 * bound of 500 ms, at most 5 s of waiting. They are measured twice: with frames in order, each of
 * which leaves at once, and with frames up to 200 ms earlier than their turn, whose sequence does
 * not rise with time, so that 6 to 11 frames of each camera are pending at any time. One thread
 * drives the operator in Flink's test harness, whose own copying is part of the cost. The state is
 * a full snapshot, less that of an operator without cameras.
 */
public final class SequencingScale {
    private static final SequencingSettings LIVE =
            new SequencingSettings(500_000_000L, true, 5_000, 256, 64 << 20, 30L * 86_400_000);
    private static final int FRAME_MILLIS = 66;
    static final int MAX_JITTER_MILLIS = 200;
    private static final int FRAMES_ON_HEAP = 1_000_000;
    private static final int FRAMES_ON_DISK = 200_000;
    private static final int FRAMES_KEPT_BY_HARNESS = 1_000;
    private static final int FILLING_ROUNDS = 20;
    private static final byte[] PAYLOAD = new byte[64];

    private final String[] ids;
    private final StateBackend backend;
    private final int maxJitterMillis;
    private long rounds;
    private long sent;

    private SequencingScale(int cameras, int maxJitterMillis, StateBackend backend) {
        this.backend = backend;
        this.maxJitterMillis = maxJitterMillis;
        ids = new String[cameras];
        for (int camera = 0; camera < cameras; camera++) {
            ids[camera] = String.format(Locale.ROOT, "camera-%06d", camera);
        }
    }

    /**
     * One line of the table.
     *
     * @param nanosPerFrame CPU nanoseconds of the operator's thread
     * @param stateBytesPerCamera bytes of a full snapshot
     */
    record Cost(int cameras, double nanosPerFrame, double stateBytesPerCamera) {}

    /** Prints the table for heap state, or for RocksDB where the argument says {@code rocksdb}. */
    public static void main(String[] arguments) throws Exception {
        boolean onDisk = arguments.length > 0 && arguments[0].equals("rocksdb");
        System.out.println("order  cameras  us/frame  state bytes/camera");
        for (int maxJitterMillis : new int[] {MAX_JITTER_MILLIS, 0}) {
            for (int cameras : new int[] {10, 1_000, 10_000}) {
                StateBackend backend =
                        onDisk ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
                int frames = onDisk ? FRAMES_ON_DISK : FRAMES_ON_HEAP;
                System.out.print(maxJitterMillis == 0 ? "kept " : "mixed");
                print(measure(cameras, maxJitterMillis, frames, backend));
            }
        }
    }

    /** Measures one fleet after a warm-up of as many frames. */
    static Cost measure(int cameras, int maxJitterMillis, int frames, StateBackend backend)
            throws Exception {
        return new SequencingScale(cameras, maxJitterMillis, backend).measure(frames);
    }

    private Cost measure(int frames) throws Exception {
        long nothing;
        try (SequencingHarness empty = SequencingHarness.start(LIVE, backend)) {
            nothing = empty.snapshot(1).getStateSize();
        }
        try (SequencingHarness order = SequencingHarness.start(LIVE, backend)) {
            long perRun = Math.max(frames / ids.length, FILLING_ROUNDS);
            run(order, perRun);
            long start = threadNanos();
            run(order, perRun);
            double nanos = threadNanos() - start;
            double state = order.snapshot(1).getStateSize() - nothing;
            return new Cost(ids.length, nanos / (perRun * ids.length), state / ids.length);
        }
    }

    private void run(SequencingHarness order, long moreRounds) throws Exception {
        for (long end = rounds + moreRounds; rounds < end; rounds++) {
            order.wallClock(rounds * FRAME_MILLIS);
            for (String id : ids) {
                order.send(frame(id));
                if (++sent % FRAMES_KEPT_BY_HARNESS == 0) {
                    order.forgetReleased();
                }
            }
        }
    }

    private CameraFrame frame(String id) {
        long jitter = maxJitterMillis == 0 ? 0 : rounds * 7919 % maxJitterMillis;
        return new CameraFrame(
                id,
                MILLISECONDS.toNanos(1_000_000 + rounds * FRAME_MILLIS - jitter),
                rounds,
                PAYLOAD,
                new Provenance("liftstream.frames", 0, rounds, rounds));
    }

    /** CPU time of this thread: other work on the machine should not count. */
    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void print(Cost cost) {
        System.out.printf(
                Locale.ROOT,
                "%9d %9.2f %19.0f%n",
                cost.cameras(),
                cost.nanosPerFrame() / 1_000,
                cost.stateBytesPerCamera());
    }
}
