package io.liftstream.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.proto.v1.DepthEstimationResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Replays a {@link RecordedFleet} and prints one SHA-256 over all result values, for each of some
 * formats: run it before and after a change that must not change a byte.
 */
public final class ReplayHash {
    private static final Map<String, List<String>> FORMATS =
            new TreeMap<>(
                    Map.of(
                            "default", List.of(),
                            "raw-half-linear",
                                    List.of(
                                            "--result.depth-image", "raw",
                                            "--result.depth-map", "float16",
                                            "--lifting.depth-mapping", "linear"),
                            "nothing-but-clouds",
                                    List.of(
                                            "--lifting.return-depth-image", "false",
                                            "--lifting.axes", "opengl",
                                            "--result.depth-map", "none"),
                            "stride-2", List.of("--result.max-bytes", "33 kb"),
                            "stride-4", List.of("--result.max-bytes", "26 kb"),
                            "half", List.of("--result.max-bytes", "17 kb"),
                            "no-cloud", List.of("--result.max-bytes", "13600 b")));

    private ReplayHash() {}

    /** Takes the seed of the fleet. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("replay-hash");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            JobTopics recorded = JobTopics.named("recorded");
            broker.createFramesTopic(recorded.frames(), 3);
            new RecordedFleet(
                            Long.parseLong(arguments[0]), 25, Instant.parse("2023-05-06T07:08:09Z"))
                    .publish(broker, recorded.frames());
            for (Map.Entry<String, List<String>> format : FORMATS.entrySet()) {
                JobTopics topics = recorded.withOutputs(format.getKey());
                broker.createOutputTopics(topics, 1);
                System.out.println(
                        format.getKey() + " " + hash(broker, topics, folder, format.getValue()));
            }
        }
        System.exit(0);
    }

    private static String hash(
            EmbeddedBroker broker, JobTopics topics, Path folder, List<String> options)
            throws Exception {
        Path own = folder.resolve(topics.depth());
        try (RunningJob job = RunningJob.replay(broker, topics, own, 2, options);
                JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            job.awaitEnd(Duration.ofMinutes(3));
            outcomes.readToEnd(Duration.ofSeconds(1));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long bytes = 0;
            for (List<ResultRecord> camera : new TreeMap<>(outcomes.resultsByCamera()).values()) {
                for (ResultRecord result : camera) {
                    digest.update(
                            new TreeMap<>(result.headers())
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8));
                    digest.update(withoutEpoch(result.value()));
                    bytes += result.value().length;
                }
            }
            return HexFormat.of().formatHex(digest.digest())
                    + " of "
                    + outcomes.results().size()
                    + " results with "
                    + bytes
                    + " bytes, "
                    + outcomes.rejections().size()
                    + " rejections";
        }
    }

    /** An epoch is named by the broker's clock, which is another in each run. */
    private static byte[] withoutEpoch(byte[] value) throws InvalidProtocolBufferException {
        return DepthEstimationResult.parseFrom(value).toBuilder()
                .clearEpoch()
                .build()
                .toByteArray();
    }
}
