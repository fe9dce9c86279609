package io.liftstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.network.DepthNetwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged inputs of every format that liftstream reads: each is read or refused, by an exception of
 * the right kind with one line of text, in bounded time and memory. The same inputs every time;
 * {@code src/README.md} has the command for more and for others.
 */
class FuzzITCase {
    /** Of the processor, so that a busy machine fails no test. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What reading one input may allocate in Java, bytes: the largest samples are small. */
    private static final long MAX_ALLOCATED = 160L << 20;

    /** What the process may grow by while one format is read, native memory included, bytes. */
    private static final long MAX_GROWTH = 700L << 20;

    private static final long SEED = Long.getLong("liftstream.fuzz.seed", 1);

    /** Instead of each format's own number. */
    private static final int INPUTS = Integer.getInteger("liftstream.fuzz.inputs", 0);

    private static final com.sun.management.ThreadMXBean THREAD =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir private static Path folder;

    static Stream<FuzzTarget> formats() throws IOException {
        return Stream.of(
                        PictureFormats.all(),
                        FileFormats.all(),
                        MessageFormats.all(),
                        ModelFormats.all(folder))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("formats")
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void everyInputIsReadOrRefused(FuzzTarget target) throws Exception {
        // Classes are loaded and natives unpacked outside the clock.
        for (byte[] sample : target.samples()) {
            target.reader().read(sample);
        }
        long before = Pointer.physicalBytes();
        long buffers = Pointer.totalCount();
        int sessions = DepthNetwork.openSessions();
        int inputs = INPUTS > 0 ? INPUTS : target.inputs();
        for (int i = 0; i < inputs; i++) {
            Mutations mutations = new Mutations(SEED * 1_000_003 + i, target.samples());
            byte[] input = mutations.next();
            read(target, mutations.mends() ? target.mend().apply(input) : input, i);
        }
        assertThat(Pointer.physicalBytes() - before).as("growth of memory").isLessThan(MAX_GROWTH);
        assertThat(Pointer.totalCount())
                .as("native buffers that nobody closed")
                .isLessThanOrEqualTo(buffers);
        assertThat(DepthNetwork.openSessions()).as("networks that are open").isEqualTo(sessions);
    }

    private static void read(FuzzTarget target, byte[] input, int number) throws IOException {
        long allocated = THREAD.getCurrentThreadAllocatedBytes();
        long start = THREAD.getCurrentThreadCpuTime();
        Throwable thrown = null;
        try {
            target.reader().read(input);
        } catch (Exception | Error e) {
            thrown = e;
        }
        long nanos = THREAD.getCurrentThreadCpuTime() - start;
        allocated = THREAD.getCurrentThreadAllocatedBytes() - allocated;
        String fault = fault(target, thrown, nanos, allocated);
        if (fault != null) {
            Path kept = Files.createDirectories(Path.of("target", "fuzz"));
            kept = Files.write(kept.resolve(target.name() + "-" + SEED + "-" + number), input);
            throw new AssertionError(
                    target.name()
                            + " input "
                            + number
                            + " of seed "
                            + SEED
                            + ": "
                            + fault
                            + "; kept as "
                            + kept,
                    thrown);
        }
    }

    private static String fault(FuzzTarget target, Throwable thrown, long nanos, long allocated) {
        if (thrown != null && !target.refuses(thrown)) {
            return "an exception of the wrong kind";
        }
        if (thrown != null && !isOnePrintableLine(thrown.getMessage())) {
            return "a refusal that is not one line of printable text: " + thrown.getMessage();
        }
        if (nanos > MAX_NANOS) {
            return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms of the processor";
        }
        return allocated > MAX_ALLOCATED ? (allocated >> 20) + " MB allocated" : null;
    }

    /** Configurations say all their problems, a line each, which are ours. */
    private static boolean isOnePrintableLine(String message) {
        return message != null
                && !message.isBlank()
                && message.replace("\n  ", "").codePoints().noneMatch(Character::isISOControl);
    }
}
