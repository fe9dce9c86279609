package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The camera {@code gate}, which sends ten frames a second and is calibrated while it does. */
final class CalibratedCamera {
    static final String ID = "gate";
    static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

    private static final long MILLI = 1_000_000;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private final EmbeddedBroker broker;
    private final Path folder;
    private final String calibrationTopic;
    private final RenderedFleet pictures = new RenderedFleet(1, WIDTH, HEIGHT, 0, MILLI);
    private final TypedCommand command = new TypedCommand();

    /**
     * @param folder for files of calibrations
     */
    CalibratedCamera(EmbeddedBroker broker, Path folder, String calibrationTopic) {
        this.broker = broker;
        this.folder = folder;
        this.calibrationTopic = calibrationTopic;
    }

    /** Publishes a calibration of pictures of 32x24 pixels, half the size of those sent. */
    void calibrate(String camera, int fromFrame, int focal, String... more) throws Exception {
        Path file = folder.resolve(camera + focal + ".yaml");
        Files.writeString(
                file,
                """
                image_width: 32
                image_height: 24
                camera_name: %s
                camera_matrix: {rows: 3, cols: 3, data: [%d, 0, 15.5, 0, %d, 11.5, 0, 0, 1]}
                distortion_model: plumb_bob
                distortion_coefficients: {rows: 1, cols: 5, data: [-0.1, 0.01, 0, 0, 0]}
                """
                        .formatted(camera, focal, focal));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "calibration",
                                "publish",
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topic",
                                calibrationTopic,
                                "--camera",
                                camera,
                                "--file",
                                file.toString(),
                                "--valid-from",
                                START.plusMillis(100L * fromFrame).toString(),
                                "--pose",
                                focal + ",0,0;0,0,0,1"));
        words.addAll(List.of(more));
        int code = command.run(words.toArray(String[]::new));
        assertThat(code).as(command.complaints()).isZero();
        assertThat(command.output()).contains("camera " + camera + ", from 2026-01-31T08:00:0");
    }

    /** Sends frames, the last of them without. */
    void send(JobTopics topics, int from, int to) {
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int frame = from; frame < to; frame++) {
                publisher.publish(
                        ID,
                        FrameEncoder.encode(
                                ID, captureNanos(frame), frame, pictures.jpeg(0, frame), null));
            }
        }
    }

    static long captureNanos(int frame) {
        return (START.toEpochMilli() + 100L * frame) * MILLI;
    }

    /** The camera's results, in their order. */
    static List<String> values(JobOutcomes outcomes) {
        List<String> values = new ArrayList<>();
        outcomes.resultsByCamera()
                .get(ID)
                .forEach(result -> values.add(HexFormat.of().formatHex(result.value())));
        return values;
    }

    /** Of a job that reads the calibrations. */
    static List<String> words(String calibrationTopic, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--topics.calibration",
                                calibrationTopic,
                                "--ordering.max-out-of-orderness",
                                "100 ms"));
        words.addAll(List.of(more));
        return words;
    }
}
