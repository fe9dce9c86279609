package io.liftstream.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What this process has used since it began.
 *
 * @param nanos the clock of {@link System#nanoTime}
 * @param cpuNanos processor time of all its threads
 * @param machine that of the virtual machine's own threads
 * @param allocatedBytes heap that the living threads have allocated
 */
record ProcessUse(long nanos, long cpuNanos, MachineThreads machine, long allocatedBytes) {
    private static final Path PROC = Path.of("/proc/self");

    static ProcessUse now() {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new ProcessUse(
                System.nanoTime(), process.getProcessCpuTime(), MachineThreads.now(), allocated());
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // -1 stands for a thread that has ended meanwhile.
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
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
