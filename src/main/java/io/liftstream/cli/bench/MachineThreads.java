package io.liftstream.cli.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of this process's own virtual machine, in steps of 10 ms; 0 where there is no
 * {@code /proc}.
 *
 * @param collectorNanos of the garbage collector
 * @param compilerNanos of the JIT compiler
 */
record MachineThreads(long collectorNanos, long compilerNanos) {
    private static final Path THREADS = Path.of("/proc/self/task");

    /** Linux counts in hundredths of a second here, whatever its own timer does. */
    private static final long TICK_NANOS = 10_000_000;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    static MachineThreads now() {
        MachineThreads sum = new MachineThreads(0, 0);
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                sum = sum.plus(of(thread.resolve("stat")));
            }
        } catch (IOException e) {
            return sum;
        }
        return sum;
    }

    private static MachineThreads of(Path stat) {
        try {
            return of(Files.readString(stat));
        } catch (IOException e) {
            // The thread has ended: it was none of the virtual machine's.
            return new MachineThreads(0, 0);
        }
    }

    /**
     * Processor time of a thread, if it is the virtual machine's.
     *
     * @param stat the line of {@code /proc/PID/task/TID/stat}: the name, cut at 15 characters,
     *     stands in brackets
     */
    static MachineThreads of(String stat) {
        int end = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, end);
        String[] fields = stat.substring(end + 2).split(" ", -1);
        long nanos =
                TICK_NANOS
                        * (Long.parseLong(fields[USER_TICKS])
                                + Long.parseLong(fields[SYSTEM_TICKS]));
        boolean compiles = name.startsWith("C1 CompilerThre") || name.startsWith("C2 CompilerThre");
        // The serial collector works in the thread of the virtual machine.
        boolean collects =
                name.startsWith("GC Thread")
                        || name.startsWith("G1 ")
                        || name.startsWith("VM Thread");
        return new MachineThreads(collects ? nanos : 0, compiles ? nanos : 0);
    }

    private MachineThreads plus(MachineThreads other) {
        return new MachineThreads(
                collectorNanos + other.collectorNanos, compilerNanos + other.compilerNanos);
    }
}
