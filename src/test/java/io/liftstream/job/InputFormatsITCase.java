package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;
import io.liftstream.input.Records;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.ResultRecord;
import io.liftstream.testing.RunningJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on topics already, through the job: a frame of each form, and one of another kind. */
class InputFormatsITCase {
    private static final byte[] FOREIGN =
            "[\"a topic of events\"]".getBytes(StandardCharsets.UTF_8);

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void imagesAreLiftedByKeyAtTheBrokersTime() throws Exception {
        ResultRecord result = lift("image", Records.PNG, Map.of(), "--input.format", "image");

        assertThat(result.read().captureTimeSource()).isEqualTo(CaptureTimeSource.BROKER);
        assertThat(result.read().captureTimeNanos() / 1_000_000)
                .isBetween(System.currentTimeMillis() - 600_000, System.currentTimeMillis());
    }

    @Test
    void imagesAreLiftedByTheirHeaders() throws Exception {
        ResultRecord result =
                lift(
                        "headers",
                        Records.PNG,
                        Map.of("cam", "gate", "taken", Records.CAPTURED_TEXT),
                        "--input.format",
                        "image",
                        "--input.camera",
                        "header:cam",
                        "--input.time",
                        "header:taken");

        assertThat(result.read().captureTimeSource()).isEqualTo(CaptureTimeSource.HEADER);
        assertThat(result.read().captureTimeNanos()).isEqualTo(Records.CAPTURED);
    }

    @Test
    void objectsAreLiftedByTheirFields() throws Exception {
        ResultRecord result =
                lift(
                        "json",
                        Records.json(),
                        Map.of(),
                        "--input.format",
                        "json",
                        "--input.camera",
                        "field:/meta/cam");

        assertThat(result.read().captureTimeSource()).isEqualTo(CaptureTimeSource.FIELD);
        assertThat(result.read().captureTimeNanos()).isEqualTo(Records.CAPTURED);
    }

    @Test
    void foxglovesImagesAreLiftedByTheirFrame() throws Exception {
        ResultRecord result =
                lift(
                        "foxglove",
                        Records.rawImage("bgr8", 3),
                        Map.of(),
                        "--input.format",
                        "foxglove",
                        "--input.camera",
                        "field:frame_id");

        assertThat(result.read().captureTimeNanos()).isEqualTo(Records.CAPTURED);
    }

    @Test
    void framesAreLiftedOutOfConfluentFraming() throws Exception {
        ResultRecord result =
                lift(
                        "confluent",
                        Records.framed(Records.cameraFrame(), 0),
                        Map.of(),
                        "--input.framing",
                        "confluent");

        assertThat(result.read().captureTimeSource()).isEqualTo(CaptureTimeSource.MESSAGE);
        assertThat(result.read().sequence()).isEqualTo(7);
    }

    /** The result of a record; that of another kind beside it is rejected. */
    private ResultRecord lift(
            String name, byte[] value, Map<String, String> headers, String... options)
            throws Exception {
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, 1);
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            publisher.publish("gate", FOREIGN, headers);
            publisher.publish("gate", value, headers);
            publisher.flush();
        }
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("--lifting.return-point-cloud", "true"));
        try (RunningJob job = RunningJob.replay(broker, topics, folder.resolve(name), 1, words);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            job.awaitEnd(Duration.ofMinutes(2));
            outcomes.readToEnd(Duration.ofSeconds(1));
            FrameAccounting.assertEachFrameOnce(broker, topics, outcomes);
            assertThat(outcomes.rejections()).hasSize(1);
            assertThat(outcomes.rejections().get(0).rejection().reason())
                    .isEqualTo(RejectionReason.MALFORMED);
            assertThat(outcomes.rejections().get(0).rejection().original()).isEqualTo(FOREIGN);
            ResultRecord result = outcomes.results().get(0);
            assertThat(result.key()).isEqualTo("gate");
            assertThat(result.read().result().pictureSize())
                    .isEqualTo(new ImageSize(Records.WIDTH, Records.HEIGHT));
            assertThat(result.read().result().pointCloud()).isNotNull();
            return result;
        }
    }
}
