package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said at once, and said once. */
class JobWarningsTest {
    private final JobWarnings warnings =
            new JobWarnings(Duration.ofSeconds(30), "file:/checkpoints", () -> false);
    private final BrokerWarnings brokers = new BrokerWarnings("broker:9092", "hall");

    @Test
    void aFullDiskOfCheckpointsIsNamedForFlinkDoesNot() {
        JobWarnings full = new JobWarnings(Duration.ofSeconds(30), "file:/checkpoints", () -> true);

        assertThat(full.of(Samples.ofCheckpoints(1, 1, 2)))
                .singleElement()
                .asString()
                .contains("Checkpoints go to file:/checkpoints, whose disk is full; a restart");
    }

    @Test
    void eachFailedCheckpointIsToldWithItsReasonUntilOneSucceeds() {
        assertThat(warnings.of(Samples.ofCheckpoints(1, 0, 0))).isEmpty();
        assertThat(warnings.of(Samples.ofCheckpoints(1, 1, 2)))
                .containsExactly(
                        "a checkpoint failed (1 in a row): the disk is full. Checkpoints go to"
                                + " file:/checkpoints; a restart goes back to the last one that"
                                + " was completed");
        assertThat(warnings.of(Samples.ofCheckpoints(1, 1, 2))).isEmpty();
        assertThat(warnings.of(Samples.ofCheckpoints(1, 3, 4)))
                .singleElement()
                .asString()
                .contains("(3 in a row)");
        assertThat(warnings.of(Samples.ofCheckpoints(2, 3, 4)))
                .containsExactly("checkpoints succeed again, after 3 that failed");
        assertThat(warnings.of(Samples.ofCheckpoints(3, 3, 4))).isEmpty();
    }

    @Test
    void checkpointsThatCannotBeginWhileTasksStartAreNoFailures() {
        assertThat(warnings.of(Samples.ofCheckpoints(0, 2, 0))).isEmpty();
        assertThat(warnings.of(Samples.ofCheckpoints(1, 2, 0))).isEmpty();
    }

    @Test
    void aRestartIsToldOnceWhenItBeginsAndOnceWhenTheJobRunsAgain() {
        assertThat(warnings.of(Samples.ofState("RUNNING", 0, null))).isEmpty();
        assertThat(warnings.of(Samples.ofState("RESTARTING", 0, "the model is gone")))
                .containsExactly("the job failed and is started again: the model is gone");
        assertThat(warnings.of(Samples.ofState("RESTARTING", 0, "the model is gone"))).isEmpty();
        assertThat(warnings.of(Samples.ofState("RUNNING", 1, "the model is gone")))
                .containsExactly(
                        "the job runs again; frames since the last checkpoint are lifted again");
        assertThat(warnings.of(Samples.ofState("RUNNING", 1, "the model is gone"))).isEmpty();
    }

    @Test
    void aRestartIsToldWhenItsReasonIsKnown() {
        assertThat(warnings.of(Samples.ofState("RESTARTING", 0, null))).isEmpty();
        assertThat(warnings.of(Samples.ofState("RESTARTING", 0, "the model is gone")))
                .containsExactly("the job failed and is started again: the model is gone");
    }

    @Test
    void aRestartWithoutAReasonIsToldWithoutOne() {
        assertThat(warnings.of(Samples.ofState("RESTARTING", 0, null))).isEmpty();
        assertThat(warnings.of(Samples.ofState("RUNNING", 1, null)))
                .containsExactly(
                        "the job failed and is started again",
                        "the job runs again; frames since the last checkpoint are lifted again");
    }

    @Test
    void aRestartBetweenTwoSamplesIsToldToo() {
        assertThat(warnings.of(Samples.ofState("RUNNING", 1, "out of memory")))
                .containsExactly("the job failed and is started again: out of memory");
    }

    @Test
    void shedFramesAreExplainedWhereNothingElseHappens() {
        assertThat(warnings.of(shed(0, 60)))
                .singleElement()
                .asString()
                .startsWith("no frame is lifted, and all that come are shed")
                .contains("live.max-age (30 s)")
                .contains("--live.max-age=0s");
        assertThat(warnings.of(shed(0, 60))).isEmpty();
        assertThat(warnings.of(shed(1, 60))).isEmpty();
        assertThat(warnings.of(shed(0, 0))).isEmpty();
        assertThat(warnings.of(shed(0, 1))).hasSize(1);
    }

    private static FrameCounts shed(long lifted, long shed) {
        return new FrameCounts(lifted + shed, lifted, Map.of(RejectionReason.SHED, shed));
    }

    @Test
    void brokersThatFallSilentAreToldOnceAndTheirReturnWithItsTime() {
        Instant now = Instant.EPOCH;
        assertThat(brokers.of(true, now)).isEmpty();
        assertThat(brokers.of(false, now))
                .containsExactly(
                        "no broker answers at broker:9092: the job waits and continues when one does");
        assertThat(brokers.of(false, now.plusSeconds(40))).isEmpty();
        assertThat(brokers.of(true, now.plusSeconds(75)))
                .containsExactly("the brokers answer again, after 1 min 15 s of silence");
        assertThat(brokers.of(true, now.plusSeconds(80))).isEmpty();
    }

    @Test
    void offsetsThatMoveBeforeTheFirstCheckpointAreAnotherJobs() {
        assertThat(brokers.of(Map.of("frames-0", 10L), 0)).isEmpty();
        assertThat(brokers.of(Map.of("frames-0", 10L), 0)).isEmpty();
        assertThat(brokers.of(Map.of("frames-0", 12L), 0))
                .singleElement()
                .asString()
                .startsWith("another job of the same name runs")
                .contains("group hall")
                .contains("--job.name");
        assertThat(brokers.of(Map.of("frames-0", 14L), 0)).isEmpty();
    }

    @Test
    void offsetsThatThisJobMayHaveCommittedAreNoNews() {
        assertThat(brokers.of(Map.of("frames-0", 10L), 0)).isEmpty();
        assertThat(brokers.of(Map.of("frames-0", 12L), 1)).isEmpty();
    }
}
