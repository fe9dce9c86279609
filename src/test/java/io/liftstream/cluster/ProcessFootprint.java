package io.liftstream.cluster;

import io.liftstream.cli.cluster.ClusterNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds after a garbage collection. What malloc keeps of freed memory has been given
 * back, so that what is left is in use.
 *
 * @param resident memory of the process, kB (Linux)
 * @param metaspace memory used by classes, kB
 * @param files open ones, connections among them
 */
record ProcessFootprint(long resident, long metaspace, long files) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");

    /** Measures a process of the JDK that runs this one. */
    static ProcessFootprint of(ClusterNode node) throws IOException, InterruptedException {
        String pid = Long.toString(node.process().handle().orElseThrow().pid());
        // Finalizers and cleaners run after the first one.
        command(pid, "GC.run");
        command(pid, "GC.run");
        command(pid, "System.trim_native_heap");
        Path process = Path.of("/proc", pid);
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new ProcessFootprint(
                    first(RESIDENT, Files.readString(process.resolve("status"))),
                    first(METASPACE, command(pid, "GC.heap_info")),
                    files.count());
        }
    }

    private static String command(String pid, String command)
            throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(List.of(jcmd, pid, command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + " failed: " + output);
        }
        return output;
    }

    private static long first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public String toString() {
        return "%,d kB resident, %,d kB of classes, %d files open"
                .formatted(resident, metaspace, files);
    }
}
