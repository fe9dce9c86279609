package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.frame.RejectionReason;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two live jobs lift the same cameras on one cluster, one exactly once and one at least once, while
 * parts of the installation are killed and paused in random order. Afterwards every frame that the
 * broker took is looked for.
 *
 * <p>A round has every kind of fault and 20 deaths of TaskManagers, each kind once before the
 * others. Rounds follow each other until {@code chaos.minutes}, 5 by default, are over; what has
 * begun then is played to its end. {@code chaos.seed} repeats the order of a run's faults.
 */
@Tag("chaos")
class ChaosITCase {
    private static final Path JOB_JAR = Path.of(System.getProperty("liftstream.job.jar"));
    private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("chaos.minutes", 5));
    private static final long SEED = Long.getLong("chaos.seed", System.currentTimeMillis());

    private static final Duration RECOVERY_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int MAX_PAUSE_MILLIS = 2_000;

    private static final String PARTITIONS = "3";
    private static final JobTopics EXACTLY_ONCE = JobTopics.named("exactly-once");
    private static final JobTopics AT_LEAST_ONCE = EXACTLY_ONCE.withOutputs("at-least-once");

    private final Random random = new Random(SEED);
    private final TypedCommand command = new TypedCommand();
    private final ChaosReport report = new ChaosReport(List.of("exactly-once", "at-least-once"));

    @TempDir private Path folder;

    private Installation installation;
    private ChaosCameras cameras;
    private List<JobOutcomes> outcomes;

    @Test
    void nothingIsLostAndExactlyOnceNothingIsDoubledOrOutOfOrder() throws Exception {
        System.out.println("chaos.seed is " + SEED);
        try (Installation started = Installation.start(folder, random)) {
            installation = started;
            run();
        }
    }

    private void run() throws Exception {
        submit(EXACTLY_ONCE, "exactly-once");
        submit(AT_LEAST_ONCE, "at-least-once");
        try (JobOutcomes once = new JobOutcomes(installation, EXACTLY_ONCE);
                JobOutcomes repeated = new JobOutcomes(installation, AT_LEAST_ONCE)) {
            outcomes = List.of(once, repeated);
            publishUnderFaults();
            account();
        } catch (Exception | Error e) {
            installation.cluster().printLogs();
            throw e;
        } finally {
            report.printSummary();
        }
    }

    private void submit(JobTopics topics, String guarantee) throws Exception {
        List<String> creation = topicWords("topics", topics, guarantee);
        creation.add(1, "create");
        creation.addAll(List.of("--partitions", PARTITIONS));
        assertThat(command.run(creation.toArray(String[]::new))).as(command.complaints()).isZero();
        installation.cluster().submit(JOB_JAR, List.of(), jobWords(topics, guarantee));
    }

    private List<String> jobWords(JobTopics topics, String guarantee) {
        return List.of(
                "--kafka.bootstrap-servers=" + installation.bootstrapServers(),
                "--topics.frames=" + topics.frames(),
                "--topics.depth=" + topics.depth(),
                "--topics.rejected=" + topics.rejected(),
                "--sink.delivery-guarantee=" + guarantee,
                "--job.name=" + guarantee,
                // Sheds nothing, so that each frame is lifted, however long the outage.
                "--live.max-age=0 s",
                "--ordering.flush-after=3 s",
                "--flink.execution.checkpointing.interval=2 s",
                "--flink.execution.checkpointing.timeout=1 min");
    }

    private List<String> topicWords(String verb, JobTopics topics, String guarantee) {
        return new ArrayList<>(
                List.of(
                        verb,
                        "--bootstrap-servers",
                        installation.bootstrapServers(),
                        "--topics.frames=" + topics.frames(),
                        "--topics.depth=" + topics.depth(),
                        "--topics.rejected=" + topics.rejected(),
                        "--sink.delivery-guarantee=" + guarantee));
    }

    private void publishUnderFaults() throws Exception {
        try (ChaosCameras started =
                ChaosCameras.publishTo(
                        installation, EXACTLY_ONCE.frames(), new Random(random.nextLong()))) {
            cameras = started;
            awaitRecovery(recoveries());
            long end = System.nanoTime() + LENGTH.toNanos();
            Deque<Fault> next = new ArrayDeque<>();
            while (System.nanoTime() < end) {
                if (next.isEmpty()) {
                    next.addAll(round());
                }
                play(next.remove());
            }
        }
        System.out.printf(
                "%s; %d TaskManagers killed%n", cameras.summary(), installation.taskManagerKills());
    }

    private List<Fault> round() {
        List<Fault> kinds = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(kinds, random);
        List<Fault> kills = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            kills.add(Fault.TASK_MANAGER_KILLED);
            kills.add(Fault.BOTH_TASK_MANAGERS_KILLED);
            kills.add(Fault.KILLED_DURING_RECOVERY);
        }
        Collections.shuffle(kills, random);
        kinds.addAll(kills);
        return kinds;
    }

    private void play(Fault fault) throws Exception {
        read(random.nextInt(MAX_PAUSE_MILLIS));
        long begun = System.currentTimeMillis();
        fault.begin(installation);
        read(fault.lasting().toMillis());
        List<Recovery> recoveries = recoveries();
        fault.end(installation);
        List<Long> recovered = awaitRecovery(recoveries);
        report.add(
                fault, begun, recovered.stream().map(at -> Duration.ofMillis(at - begun)).toList());
    }

    private List<Recovery> recoveries() {
        return outcomes.stream().map(read -> new Recovery(read, cameras)).toList();
    }

    private void read(long millis) throws Exception {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        do {
            for (JobOutcomes job : outcomes) {
                job.read(POLL);
            }
        } while (System.nanoTime() < end);
    }

    /** When each job had recovered, milliseconds since 1970. */
    private List<Long> awaitRecovery(List<Recovery> recoveries) throws Exception {
        List<Long> recovered = new ArrayList<>(Collections.nCopies(recoveries.size(), null));
        long deadline = System.nanoTime() + RECOVERY_TIMEOUT.toNanos();
        while (recovered.contains(null)) {
            read(0);
            installation.startTaskManagersThatEnded();
            for (int job = 0; job < recovered.size(); job++) {
                if (recovered.get(job) == null && recoveries.get(job).isComplete()) {
                    recovered.set(job, System.currentTimeMillis());
                }
            }
            assertThat(System.nanoTime())
                    .as("still nothing of %s", recoveries.stream().map(Recovery::missing).toList())
                    .isLessThan(deadline);
        }
        return recovered;
    }

    private void account() throws Exception {
        audit(EXACTLY_ONCE, "exactly-once");
        audit(AT_LEAST_ONCE, "at-least-once");
        for (JobOutcomes job : outcomes) {
            job.readToEnd(QUIET);
        }
        JobOutcomes once = outcomes.get(0);
        JobOutcomes repeated = outcomes.get(1);
        describe("exactly-once", once);
        describe("at-least-once", repeated);
        assertThat(FrameAccounting.framesOf(installation, EXACTLY_ONCE.frames()))
                .as("frames on the topic and frames acknowledged")
                .isEqualTo(cameras.brokerTimes().keySet());
        FrameAccounting.assertEachFrameOnce(installation, EXACTLY_ONCE, once);
        assertThat(FrameAccounting.stepsBack(once)).as("out of order").isZero();
        FrameAccounting.assertEachFrameAtLeastOnce(installation, AT_LEAST_ONCE, repeated);
        FrameAccounting.assertRepeatsAreEqual(repeated);
    }

    /**
     * Only what the network has done to a frame is a reason to reject it, not what befell the job.
     */
    private static void describe(String guarantee, JobOutcomes job) {
        Map<RejectionReason, Long> reasons =
                job.rejections().stream()
                        .map(record -> record.rejection().reason())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        System.out.printf(
                "%s: %d results, %d behind a newer one of their camera; rejections %s%n",
                guarantee, job.results().size(), FrameAccounting.stepsBack(job), reasons);
        assertThat(reasons.keySet())
                .isSubsetOf(
                        RejectionReason.DUPLICATE,
                        RejectionReason.LATE,
                        RejectionReason.LATE_AFTER_FLUSH);
    }

    /** Until the jobs are through with all frames. */
    private void audit(JobTopics topics, String guarantee) throws Exception {
        List<String> words = topicWords("audit", topics, guarantee);
        words.addAll(List.of("--to", "latest"));
        long deadline = System.nanoTime() + RECOVERY_TIMEOUT.toNanos();
        int code;
        do {
            read(1_000);
            code = command.run(words.toArray(String[]::new));
        } while (code != 0 && System.nanoTime() < deadline);
        System.out.println(command.output());
        assertThat(code).as(command.complaints()).isZero();
    }
}
