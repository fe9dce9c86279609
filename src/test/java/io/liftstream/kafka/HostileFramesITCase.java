package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.kafka.HostileFrames.Hostile;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RejectionRecord;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad records between good ones, through a real broker and the job as users run it. */
class HostileFramesITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long NANOS_PER_MILLI = 1_000_000;

    @TempDir Path folder;

    @Test
    void eachBadRecordIsRefusedWithItsReasonAndTheGoodFramesAroundItAreLifted() throws Exception {
        long start = (Instant.now().toEpochMilli() - 10_000) * NANOS_PER_MILLI;
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, start, 100 * NANOS_PER_MILLI);
        String camera = RenderedFleet.cameraId(0);
        List<Hostile> hostile =
                new HostileFrames(camera, fleet.jpeg(0, 0))
                        .all(i -> fleet.captureTimeNanos(i) + 50 * NANOS_PER_MILLI);
        int good = hostile.size() + 1;
        List<byte[]> goodMessages =
                java.util.stream.IntStream.range(0, good)
                        .mapToObj(i -> fleet.message(0, i))
                        .toList();
        JobTopics topics = JobTopics.named("hostile");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 1);
            try (FramePublisher publisher = new FramePublisher(broker, topics.frames());
                    RunningJob job = RunningJob.live(broker, topics, folder, 1, List.of());
                    JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
                for (int i = 0; i < good; i++) {
                    publisher.publish(camera, goodMessages.get(i));
                    if (i < hostile.size()) {
                        publisher.publish(hostile.get(i).key(), hostile.get(i).value());
                    }
                }
                publisher.flush();

                outcomes.await(good + hostile.size(), job, TIMEOUT);

                job.requireRunning();
                FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
                assertThat(outcomes.results())
                        .extracting(result -> result.read().sequence())
                        .containsExactlyElementsOf(
                                java.util.stream.LongStream.range(0, good).boxed().toList());
                assertRefused(topics.frames(), hostile, outcomes.rejections());
            }
        }
    }

    /** The bad record at an index lies at twice this index plus one on the only partition. */
    private static void assertRefused(
            String topic, List<Hostile> hostile, List<RejectionRecord> rejections) {
        assertThat(rejections).hasSize(hostile.size());
        Map<Long, RejectionRecord> byOffset =
                rejections.stream()
                        .collect(
                                Collectors.toMap(
                                        record -> record.rejection().provenance().offset(),
                                        Function.identity()));
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < hostile.size(); i++) {
            Hostile sent = hostile.get(i);
            long offset = 2L * i + 1;
            RejectionRecord record = byOffset.get(offset);
            softly.assertThat(record).as(sent.name()).isNotNull();
            if (record != null) {
                assertRefused(softly, sent, new Provenance(topic, 0, offset, 0), record);
            }
        }
        softly.assertAll();
    }

    private static void assertRefused(
            SoftAssertions softly, Hostile sent, Provenance read, RejectionRecord record) {
        FrameRejection rejection = record.rejection();
        softly.assertThat(rejection.reason()).as(sent.name()).isEqualTo(sent.reason());
        softly.assertThat(rejection.detail()).as(sent.name()).contains(sent.detail());
        softly.assertThat(rejection.provenance()).as(sent.name()).isEqualTo(read);
        softly.assertThat(rejection.cameraId()).as(sent.name()).isEqualTo(sent.refusedKey());
        softly.assertThat(rejection.original()).as(sent.name()).isEqualTo(sent.value());
        softly.assertThat(record.key()).as(sent.name()).isEqualTo(sent.refusedKey());
        softly.assertThat(record.headers())
                .as(sent.name())
                .containsEntry("ce_type", "liftstream.v1.RejectedFrame")
                .containsEntry("ce_id", read.topic() + "/0/" + read.offset());
    }
}
