package io.liftstream.bench;

import com.sun.management.OperatingSystemMXBean;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.OutputTimes;
import io.liftstream.testing.RunningJob;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures what a viewer connected to {@code view} costs a live job that has cores to spare, as a
 * job for cameras has.
 *
 * <p>Cameras send {@value #FRAMES_PER_SECOND} frames a second in all to a job at parallelism 2;
 * rounds with and without the viewer take turns. A first third of the frames warms up: rate and
 * processor time, of job and broker, are those of the others. Arguments: frames (300), rounds (3).
 */
public final class LiveViewingCost {
    private static final int FRAMES_PER_SECOND = 8;
    private static final int PARALLELISM = 2;

    private final int warming;
    private final int frames;

    private LiveViewingCost(int frames) {
        this.warming = frames / 3;
        this.frames = frames;
    }

    /** Prints a line for each run. */
    public static void main(String[] arguments) throws Exception {
        int frames = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        LiveViewingCost cost = new LiveViewingCost(frames);
        System.out.println("round    viewer     frames/s  CPU ms/frame  frames seen/s");
        for (int round = 0; round <= rounds; round++) {
            String name = round == 0 ? "warm-up" : Integer.toString(round);
            cost.lift(name, false);
            cost.lift(name, true);
        }
        System.exit(0);
    }

    private void lift(String round, boolean viewed) throws Exception {
        Path folder = Files.createTempDirectory("viewing-cost");
        JobTopics topics = JobTopics.named("viewed");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, PARALLELISM);
            ViewedFleet fleet = new ViewedFleet(broker, topics);
            try (ConnectedViewer viewer = viewed ? ConnectedViewer.start(broker, topics) : null;
                    RunningJob job =
                            RunningJob.live(broker, topics, folder, PARALLELISM, List.of())) {
                fleet.publish(warming, FRAMES_PER_SECOND);
                long cpu = cpuNanos();
                fleet.publish(frames - warming, FRAMES_PER_SECOND);
                cpu = cpuNanos() - cpu;
                job.requireRunning();
                System.out.printf(
                        Locale.ROOT,
                        "%-8s %-9s %9.1f %13.1f  %s%n",
                        round,
                        viewed ? "connected" : "none",
                        OutputTimes.of(broker, topics, frames).ratePerSecond(0.4, 0.95),
                        cpu / 1e6 / (frames - warming),
                        viewed ? viewer.framesPerSecond() : "-");
            }
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
