package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.job.OperatorIds;
import io.liftstream.kafka.GroupProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a running job does: every ten seconds what became of its frames, at once what goes
 * wrong. A job that reads nothing is told of once a minute.
 */
public final class JobWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LINE = Duration.ofSeconds(10);
    private static final Duration IDLE_LINE = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final JobSampler sampler;
    private final JobSettings settings;
    private final long frames;
    private final PrintWriter out;
    private final GroupProbe brokers;
    private final JobWarnings warnings;
    private final CommitWarnings commitWarnings;
    private final BrokerWarnings brokerWarnings;
    private final FlinkWarnings flinkWarnings;
    private final JobTotals totals = new JobTotals();
    private final Instant start = Instant.now();
    private final Thread thread = new Thread(this::watch, "job-watch");

    private Instant lastLine = start;
    private volatile JobSample last;
    private volatile boolean closed;

    private JobWatch(
            String webAddress, String job, JobSettings settings, long frames, PrintWriter out) {
        this.sampler = new JobSampler(new FlinkRest(webAddress), job);
        this.settings = settings;
        this.frames = frames;
        this.out = out;
        this.brokers = new GroupProbe(settings.kafka());
        String checkpoints =
                Configuration.fromMap(settings.flink())
                        .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        this.warnings =
                new JobWarnings(
                        Duration.ofMillis(settings.topology().maxAgeMillis()),
                        checkpoints,
                        new CheckpointDisk(checkpoints)::isFull);
        this.commitWarnings =
                new CommitWarnings(
                        Map.of(
                                OperatorIds.DEPTH_SINK, settings.depthTopic(),
                                OperatorIds.REJECTED_SINK, settings.rejectedTopic()),
                        settings.sink().transactionTimeout(),
                        ZoneId.systemDefault());
        this.flinkWarnings = new FlinkWarnings(start);
        this.brokerWarnings =
                new BrokerWarnings(settings.kafka().bootstrapServers(), settings.kafka().groupId());
    }

    /**
     * Begins to watch.
     *
     * @param webAddress of Flink's REST API, http://host:port
     * @param job its id
     * @param settings of the job
     * @param frames that a replay has to do; 0 where the job has no end
     * @param out gets the lines
     * @return what watches until it is closed
     */
    public static JobWatch start(
            String webAddress, String job, JobSettings settings, long frames, PrintWriter out) {
        JobWatch watch = new JobWatch(webAddress, job, settings, frames, out);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            while (!closed) {
                Instant next = Instant.now().plus(POLL);
                look();
                LockSupport.parkUntil(next.toEpochMilli());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            boolean answers = brokers.answers();
            warn(brokerWarnings.of(answers, Instant.now()));
            Map<String, Long> committed = answers ? committed() : Map.of();
            JobSample sample = sampler.sample();
            warn(flinkWarnings.answering(Instant.now()));
            take(sample, committed);
        } catch (IOException e) {
            // A Flink that starts or ends does not answer; its job's failure is told by who waits.
            LOG.debug("No sample of the job", e);
            warn(flinkWarnings.silent(e, Instant.now()));
        }
    }

    private synchronized void take(JobSample now, Map<String, Long> committed) {
        last = now;
        if (now.counts() != null) {
            totals.take(now.counts());
        }
        warn(warnings.of(now));
        warn(commitWarnings.of(now));
        if (settings.mode() == JobMode.LIVE && !committed.isEmpty()) {
            warn(brokerWarnings.of(committed, now.checkpoints().completed()));
        }
        line(now);
    }

    private void line(JobSample now) {
        Duration time = Duration.between(lastLine, Instant.now());
        boolean idle = totals.isIdle();
        if (time.compareTo(idle ? IDLE_LINE : LINE) < 0) {
            return;
        }
        lastLine = Instant.now();
        FrameCounts counts = totals.sinceLastLine();
        say(
                settings.mode() == JobMode.LIVE
                        ? JobLine.live(counts, time, now)
                        : JobLine.replay(totals.all(), counts, time, frames));
        warn(warnings.of(counts));
    }

    /**
     * What was done until now, and where the next start of a live job begins.
     *
     * @return one line each
     * @throws InterruptedException where this thread is interrupted
     */
    public List<String> summary() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        synchronized (this) {
            lines.add(JobLine.end(totals.all(), Duration.between(start, Instant.now())));
        }
        if (settings.mode() == JobMode.LIVE) {
            String checkpoint = keepsCheckpoint() ? last.checkpoints().path() : null;
            lines.addAll(NextStart.lines(settings, committed(), checkpoint));
        }
        return lines;
    }

    /**
     * Of a job that has ended by itself: what it counted last is gone with its tasks.
     *
     * @return one line
     */
    public String end() {
        return "done in " + DurationText.of(Duration.between(start, Instant.now()));
    }

    private Map<String, Long> committed() throws InterruptedException {
        return brokers.committed(settings.framesTopic());
    }

    private boolean keepsCheckpoint() {
        return last != null
                && Configuration.fromMap(settings.flink())
                                .get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
                        == ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
    }

    private void warn(List<String> lines) {
        lines.forEach(line -> say("WARN " + line));
    }

    private void say(String line) {
        out.println(LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + line);
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        brokers.close();
    }
}
