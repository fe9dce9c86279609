package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.kafka.HostileFrames.Hostile;
import io.liftstream.network.HostileModel;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.HarmfulFrames;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RejectionRecord;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    private static final List<String> HARMFUL =
            List.of(
                    "--models.allowed-roots", "/",
                    "--inference.run-timeout", "1 s",
                    "--batching.max-bytes", "345 mb",
                    "--result.depth-map", "none");

    private static final List<String> DETAILS =
            List.of("image_input size is 7000 x 7000", "cannot be used on this host");

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

    @Test
    void whatStoppedTheWholeJobIsRefusedAndTheOtherCamerasFramesAreLifted() throws Exception {
        long start = (Instant.now().toEpochMilli() - 10_000) * NANOS_PER_MILLI;
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, start, 100 * NANOS_PER_MILLI);
        String camera = RenderedFleet.cameraId(0);
        HarmfulFrames harmful = new HarmfulFrames(fleet.message(0, 0));
        Path models = Files.createDirectory(folder.resolve("models"));
        Map<String, byte[]> sent = new LinkedHashMap<>();
        put(sent, harmful, harmful.darkPng(7_000, 7_000));
        put(sent, harmful, harmful.naming(HostileModel.empty(models.resolve("empty.onnx"))));
        put(sent, harmful, harmful.naming(HostileModel.huge(models.resolve("huge.onnx"))));
        Path asking = models.resolve("asking.onnx");
        put(sent, harmful, harmful.naming(HostileModel.inputSize(asking, "fixed:30000x30000")));
        put(sent, harmful, harmful.naming(HostileModel.endless(models.resolve("endless.onnx"))));
        Path bright = models.resolve("bright.onnx");
        put(sent, harmful, harmful.naming(HostileModel.endlessWhereBright(bright)));
        put(sent, harmful, harmful.naming(bright));
        byte[] unknown = harmful.unknownFields(15_700_000);
        JobTopics topics = JobTopics.named("harmful");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 1);
            try (FramePublisher publisher = new FramePublisher(broker, topics.frames());
                    RunningJob job = RunningJob.live(broker, topics, folder, 1, HARMFUL);
                    JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
                int good = 0;
                for (Map.Entry<String, byte[]> frame : sent.entrySet()) {
                    publisher.publish(camera, fleet.message(0, good++));
                    publisher.publish(frame.getKey(), frame.getValue());
                }
                publisher.publish(harmful.lastCamera(), unknown);
                publisher.publish(camera, fleet.message(0, good++));
                publisher.flush();

                outcomes.await(good + sent.size() + 1, job, TIMEOUT);

                job.requireRunning();
                FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
                assertThat(outcomes.resultsByCamera().get(camera)).hasSize(good);
                assertThat(outcomes.resultsByCamera()).containsKey(harmful.lastCamera());
                assertThat(reasons(outcomes))
                        .containsExactly(
                                "IMAGE_TOO_LARGE: image_input size is 7000 x 7000",
                                "MODEL_UNAVAILABLE: cannot be used on this host",
                                "MODEL_UNAVAILABLE: cannot be used on this host",
                                "MODEL_UNAVAILABLE: cannot be used on this host",
                                "MODEL_UNAVAILABLE: cannot be used on this host",
                                "MODEL_UNAVAILABLE: cannot be used on this host",
                                "MODEL_UNAVAILABLE: cannot be used on this host");
            }
        }
    }

    private static void put(Map<String, byte[]> sent, HarmfulFrames harmful, byte[] frame) {
        sent.put(harmful.lastCamera(), frame);
    }

    /** In the order of the topic, each with what of the detail was waited for. */
    private static List<String> reasons(JobOutcomes outcomes) {
        return outcomes.rejections().stream()
                .map(RejectionRecord::rejection)
                .sorted(Comparator.comparingLong(rejection -> rejection.provenance().offset()))
                .map(
                        rejection ->
                                rejection.reason()
                                        + ": "
                                        + DETAILS.stream()
                                                .filter(rejection.detail()::contains)
                                                .findFirst()
                                                .orElse(rejection.detail()))
                .toList();
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
