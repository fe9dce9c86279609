package io.liftstream.bench;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.network.TinyModel;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.OutputTimes;
import io.liftstream.testing.RunningJob;
import io.liftstream.wire.FrameEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a frame costs in the whole job, Kafka to Kafka, for fleets of three sizes on a
 * topic of few partitions.
 *
 * <p>Cameras take turns at 15 frames a second, so that 7 or 8 frames of each are pending. Pictures
 * of 16 x 16 pixels go through a network of one mean over the channels, so that what remains is the
 * pipeline's own cost. The job is a replay at parallelism 1, so that no fleet is spread better than
 * another; the rate is that of the results between the first fifth and the last tenth, by the
 * broker's clock. Arguments: frames of a fleet (300,000), rounds (3).
 */
public final class FleetScale {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(66);
    private static final long START_NANOS = 1_700_000_000_000_000_000L;
    private static final int SIDE = 16;
    private static final int PARTITIONS = 4;

    private final EmbeddedBroker broker;
    private final Path folder;
    private final Path model;
    private final byte[] jpeg;

    FleetScale(EmbeddedBroker broker, Path folder) throws Exception {
        this.broker = broker;
        this.folder = folder;
        this.model =
                TinyModel.meanOfChannels("batch", SIDE, SIDE).write(folder.resolve("mean.onnx"));
        byte[] rgb = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) i;
        }
        this.jpeg = ImageEncoder.jpeg(new RgbImage(SIDE, SIDE, rgb));
    }

    /** Prints one line for each fleet and round; the fleets take turns. */
    public static void main(String[] arguments) throws Exception {
        int frames = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        System.out.println("round  cameras  us/frame");
        for (int round = 0; round <= rounds; round++) {
            for (int cameras : new int[] {10, 1_000, 10_000}) {
                // A broker of its own each time: old logs would cost the later fleets.
                Path folder = Files.createTempDirectory("fleet-scale");
                try (EmbeddedBroker broker = EmbeddedBroker.start()) {
                    double micros =
                            1e6 / new FleetScale(broker, folder).framesPerSecond(cameras, frames);
                    String name = round == 0 ? "warm-up" : Integer.toString(round);
                    System.out.printf(Locale.ROOT, "%-7s %6d %9.1f%n", name, cameras, micros);
                }
            }
        }
    }

    /** Lifts a fleet's frames, all of them, and says how many a second. */
    double framesPerSecond(int cameras, int frames) throws Exception {
        JobTopics topics = JobTopics.named("fleet-of-" + cameras);
        broker.createTopics(topics, PARTITIONS);
        publish(topics.frames(), cameras, frames);
        List<String> options =
                List.of(
                        "--model.default", model.toString(),
                        "--batching.max-frames", "16",
                        "--flink.execution.checkpointing.interval", "2 s");
        try (RunningJob job =
                RunningJob.replay(broker, topics, folder.resolve("flink"), 1, options)) {
            job.awaitEnd(TIMEOUT);
        }
        return OutputTimes.of(broker, topics, frames).ratePerSecond(0.2, 0.9);
    }

    private void publish(String topic, int cameras, int frames) {
        try (FramePublisher publisher = new FramePublisher(broker, topic)) {
            for (int i = 0; i < frames; i++) {
                String camera = String.format(Locale.ROOT, "camera-%06d", i % cameras);
                int sequence = i / cameras;
                publisher.publish(
                        camera,
                        FrameEncoder.encode(
                                camera,
                                START_NANOS + sequence * FRAME_NANOS,
                                sequence,
                                jpeg,
                                null));
            }
        }
    }
}
