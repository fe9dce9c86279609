package io.liftstream.cli.job;

import io.liftstream.cli.watch.JobWatch;
import io.liftstream.cli.watch.StartLines;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.network.ExecutionProvider;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Runs a job to its end on the Flink inside this process, and says meanwhile what it does. */
public final class WatchedRun {
    private final JobSettings settings;
    private final PrintWriter out;

    private volatile boolean interrupted;

    /**
     * @param settings of a job that {@link LocalPreflight} has checked
     * @param out gets the lines
     */
    public WatchedRun(JobSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Runs it; a live job until this process is interrupted.
     *
     * @param provider what computes its model
     * @throws Exception the job's failure where it fails
     */
    public void run(ExecutionProvider provider) throws Exception {
        List<PartitionRange> ranges = ranges(settings.start(), settings.end());
        long frames =
                settings.listed() == null
                        ? ranges.stream().mapToLong(PartitionRange::length).sum()
                        : settings.listed().count();
        long passedOver = new FirstStart(settings).passedOver(Instant.now());
        try (LocalJob job = LocalJob.start(settings)) {
            say(
                    new StartLines(
                                    settings,
                                    provider,
                                    job.webAddress(),
                                    job.parallelism(),
                                    ranges.size(),
                                    passedOver)
                            .lines());
            try (JobWatch watch =
                    JobWatch.start(job.webAddress(), job.id(), settings, frames, out)) {
                awaitEnd(job, watch);
            }
        }
    }

    private void awaitEnd(LocalJob job, JobWatch watch) throws Exception {
        Thread hook = new Thread(() -> interrupt(job, watch), "job-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            job.awaitEnd();
        } catch (Exception e) {
            if (!interrupted) {
                throw e;
            }
        } finally {
            if (!interrupted) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
        if (!interrupted) {
            say(List.of(watch.end()));
        }
    }

    private void interrupt(LocalJob job, JobWatch watch) {
        interrupted = true;
        try {
            say(watch.summary());
            watch.close();
            job.close();
        } catch (Exception e) {
            out.println("while stopping the job: " + e.getMessage());
        }
        out.flush();
    }

    private void say(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }

    private List<PartitionRange> ranges(ReadPosition from, ReadPosition to) {
        try (TopicReader reader =
                new TopicReader(settings.kafka(), List.of(settings.framesTopic()))) {
            return reader.ranges(from, to);
        }
    }
}
