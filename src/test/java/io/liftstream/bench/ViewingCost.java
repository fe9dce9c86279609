package io.liftstream.bench;

import com.sun.management.OperatingSystemMXBean;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.OutputTimes;
import io.liftstream.testing.RunningJob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures what looking at results costs: how fast {@code export --mcap} writes them, and what the
 * job does with nobody, and with a browser's worth of viewer, connected to {@code view}.
 *
 * <p>A replay at parallelism 2 lifts what was published before, as fast as it can, so it and the
 * viewer compete for each core that both run on; {@link LiveViewingCost} has cores to spare. Rounds
 * with and without the viewer take turns. The broker is in this JVM; {@code view} and its viewer
 * have processes of their own, so that the processor time is the job's and the broker's. The rate
 * is that of the results between the first fifth and the last tenth, by the broker's clock.
 * Arguments: frames (400), rounds (3).
 */
public final class ViewingCost {
    private static final int PARALLELISM = 2;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final double MEGA = 1e6;

    private final int frames;

    private ViewingCost(int frames) {
        this.frames = frames;
    }

    /** Prints a line for each run, and then the export's. */
    public static void main(String[] arguments) throws Exception {
        int frames = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        ViewingCost cost = new ViewingCost(frames);
        System.out.println("round    viewer     frames/s  CPU ms/frame  frames seen/s");
        for (int round = 0; round <= rounds; round++) {
            String name = round == 0 ? "warm-up" : Integer.toString(round);
            cost.replay(name, false, round == rounds);
            cost.replay(name, true, false);
        }
        System.exit(0);
    }

    /** A broker of its own for each run, so that what was written before costs nothing. */
    private void replay(String round, boolean viewed, boolean exported) throws Exception {
        Path folder = Files.createTempDirectory("viewing-cost");
        JobTopics topics = JobTopics.named("viewed");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, PARALLELISM);
            new ViewedFleet(broker, topics).publish(frames);
            try (ConnectedViewer viewer = viewed ? ConnectedViewer.start(broker, topics) : null) {
                long cpu = cpuNanos();
                try (RunningJob job =
                        RunningJob.replay(
                                broker, topics, folder.resolve("flink"), PARALLELISM, List.of())) {
                    job.awaitEnd(TIMEOUT);
                }
                cpu = cpuNanos() - cpu;
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %-9s %9.1f %13.1f  %s%n",
                        round,
                        viewed ? "connected" : "none",
                        OutputTimes.of(broker, topics, frames).ratePerSecond(0.2, 0.9),
                        cpu / MEGA / frames,
                        viewed ? viewer.framesPerSecond() : "-");
            }
            if (exported) {
                export(broker, topics, folder);
            }
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Twice: the first warms up. */
    private void export(EmbeddedBroker broker, JobTopics topics, Path folder) throws IOException {
        long bytes = resultBytes(broker, topics.depth());
        for (String run : List.of("warm-up", "measured")) {
            Path file = folder.resolve(run + ".mcap");
            TypedCommand command = new TypedCommand();
            long start = System.nanoTime();
            int code =
                    command.run(
                            "export",
                            "--bootstrap-servers",
                            broker.bootstrapServers(),
                            "--topics.frames=" + topics.frames(),
                            "--rejected-topic",
                            topics.rejected(),
                            "--topic",
                            topics.depth(),
                            "--mcap",
                            file.toString());
            double seconds = (System.nanoTime() - start) / 1e9;
            if (code != 0) {
                throw new IllegalStateException(command.complaints());
            }
            System.out.printf(
                    Locale.ROOT,
                    "export --mcap, %s: %.1f frames/s, %.1f MB/s read, %.1f MB/s written, %.1f MB%n",
                    run,
                    frames / seconds,
                    bytes / MEGA / seconds,
                    Files.size(file) / MEGA / seconds,
                    Files.size(file) / MEGA);
            Files.delete(file);
        }
    }

    private static long resultBytes(EmbeddedBroker broker, String topic) {
        long bytes = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = broker.committedConsumer()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(at -> new TopicPartition(topic, at.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long ends = consumer.endOffsets(partitions).values().stream().mapToLong(e -> e).sum();
            while (partitions.stream().mapToLong(consumer::position).sum() < ends) {
                for (var result : consumer.poll(Duration.ofSeconds(1))) {
                    bytes += result.value().length;
                }
            }
        }
        return bytes;
    }
}
