package io.liftstream.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What this process has used since it began.
 *
 * @param nanos the clock of {@link System#nanoTime}
 * @param cpuNanos processor time of all its threads
 * @param collectorCpuNanos that of the garbage collector's threads, in steps of 10 ms; 0 where
 *     there is no {@code /proc}
 * @param allocatedBytes heap that the living threads have allocated
 */
record ProcessUse(long nanos, long cpuNanos, long collectorCpuNanos, long allocatedBytes) {
    private static final Path PROC = Path.of("/proc/self");

    /** Linux counts in hundredths of a second here, whatever its own timer does. */
    private static final long TICK_NANOS = 10_000_000;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    static ProcessUse now() {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new ProcessUse(
                System.nanoTime(), process.getProcessCpuTime(), collectorCpu(), allocated());
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // -1 stands for a thread that has ended meanwhile.
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static long collectorCpu() {
        long ticks = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve("task"))) {
            for (Path thread : threads) {
                ticks += collectorTicks(thread.resolve("stat"));
            }
        } catch (IOException e) {
            return 0;
        }
        return ticks * TICK_NANOS;
    }

    private static long collectorTicks(Path stat) {
        try {
            return collectorTicks(Files.readString(stat));
        } catch (IOException e) {
            // The thread has ended: it was no collector's.
            return 0;
        }
    }

    /**
     * Processor time of a thread, if it is one of the garbage collector's.
     *
     * @param stat the line of {@code /proc/PID/task/TID/stat}: the name stands in brackets
     */
    static long collectorTicks(String stat) {
        int end = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, end);
        // The serial collector works in the thread of the virtual machine.
        if (!name.startsWith("GC Thread")
                && !name.startsWith("G1 ")
                && !name.startsWith("VM Thread")) {
            return 0;
        }
        String[] fields = stat.substring(end + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    /** The most memory that this process ever held, bytes; 0 where there is no {@code /proc}. */
    static long peakMemoryBytes() {
        try {
            return Files.readAllLines(PROC.resolve("status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
