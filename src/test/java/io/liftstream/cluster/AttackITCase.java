package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cluster.AttackedJob.Attack;
import io.liftstream.frame.RejectionReason;
import io.liftstream.network.HostileModel;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.HarmfulFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stopped a whole job once, against the cluster of {@code conf/flink/config.yaml}: one
 * TaskManager process of 4 GiB with two slots. The job stays up without a restart, every frame of
 * an attack has its outcome, and four honest cameras go on; for how long they were silent is
 * printed.
 */
@Tag("chaos")
class AttackITCase {
    private static final Path JOB_JAR = Path.of(System.getProperty("liftstream.job.jar"));

    /**
     * Of a machine that does nothing else: what is behind a flood is older than {@code
     * live.max-age}, 30 s, and a network may run for {@code inference.run-timeout}, 30 s, with an
     * image, and again to find out which one is at fault.
     */
    private static final Duration SILENCE = Duration.ofSeconds(90);

    private static final int MEGABYTE = 1_000_000;

    @TempDir static Path folder;

    private static FlinkCluster cluster;
    private static EmbeddedBroker broker;

    @RegisterExtension
    static final TestExecutionExceptionHandler LOGS =
            (context, failure) -> {
                cluster.printLogs();
                throw failure;
            };

    /** One long silence does not hide how long the others are. */
    private final SoftAssertions silences = new SoftAssertions();

    @BeforeAll
    static void start() throws Exception {
        cluster = FlinkCluster.launch(folder);
        // A flood may keep the broker, which shares this JVM, from saying in time that it lives.
        broker = EmbeddedBroker.start(Map.of("broker.session.timeout.ms", "60000"));
        cluster.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        try (AutoCloseable kafka = broker;
                AutoCloseable flink = cluster) {
            // Closed in reverse order, also where only one of them started.
        }
    }

    @AfterEach
    void noSilenceWasTooLong() {
        silences.assertAll();
    }

    @Test
    void largePictures() throws Exception {
        try (AttackedJob job = submit("pictures", "--result.depth-map", "none")) {
            AttackWatch huge = attack(job, "a PNG of 49 megapixels", dark(1, 7_000));
            assertThat(huge.rejected(RejectionReason.IMAGE_TOO_LARGE)).isEqualTo(1);
        }
        try (AttackedJob job = submit("dark", "--batching.max-frames", "16")) {
            AttackWatch nine = attack(job, "nine PNGs of 4 megapixels", dark(9, 2_000));
            assertThat(nine.lifted() + nine.rejected(RejectionReason.SHED)).isEqualTo(9);
        }
    }

    @Test
    void floods() throws Exception {
        try (AttackedJob job = submit("floods")) {
            AttackWatch unknown =
                    attack(
                            job,
                            "15.7 MB of unknown fields",
                            (publisher, frames) -> {
                                byte[] frame = frames.unknownFields(15_700_000);
                                publisher.publish(frames.lastCamera(), frame);
                                return 1;
                            });
            assertThat(unknown.lifted()).isEqualTo(1);

            attack(job, "1,200 frames of 1 MB, clocks frozen", frozen(20, 60));

            AttackWatch ids = attack(job, "a million cameras", cameras(1_000_000));
            assertThat(ids.rejected(RejectionReason.TOO_MANY_CAMERAS)).isPositive();
        }
    }

    @Test
    void networks() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models-of-others"));
        try (AttackedJob job = submit("networks", "--models.allowed-roots", models.toString())) {
            for (Map.Entry<String, Path> model : hostileModels(models).entrySet()) {
                attack(job, model.getKey(), naming(model.getValue(), 2));
            }
        }
    }

    private AttackWatch attack(AttackedJob job, String name, Attack attack) throws Exception {
        AttackWatch watch = job.attack(attack);
        System.out.println(name + ": " + watch);
        assertThat(job.failures()).as(name).isEmpty();
        silences.assertThat(watch.longestSilence()).as(name).isLessThan(SILENCE);
        return watch;
    }

    private static AttackedJob submit(String name, String... options) throws Exception {
        return new AttackedJob(
                cluster, broker, JOB_JAR, name, List.of(options), cluster::requireAlive);
    }

    private static Attack dark(int count, int side) {
        return (publisher, frames) -> {
            for (int i = 0; i < count; i++) {
                byte[] frame = frames.darkPng(side, side);
                publisher.publish(frames.lastCamera(), frame);
            }
            return count;
        };
    }

    /** Frames of one instant, which wait for those that their sequences leave out. */
    private static Attack frozen(int cameras, int framesOfEach) {
        return (publisher, frames) -> {
            byte[] noise = new byte[MEGABYTE];
            new Random(4).nextBytes(noise);
            for (int frame = 0; frame < framesOfEach; frame++) {
                for (int camera = 0; camera < cameras; camera++) {
                    String id = "frozen-" + camera;
                    publisher.publish(id, frames.of(id, 2 * frame, noise));
                }
            }
            return cameras * framesOfEach;
        };
    }

    private static Attack cameras(int count) {
        return (publisher, frames) -> {
            byte[] png = HarmfulFrames.png(8, 8);
            for (int i = 0; i < count; i++) {
                String id = "id-" + i;
                publisher.publish(id, frames.of(id, 0, png));
            }
            return count;
        };
    }

    private static Attack naming(Path model, int count) {
        return (publisher, frames) -> {
            for (int i = 0; i < count; i++) {
                byte[] frame = frames.naming(model);
                publisher.publish(frames.lastCamera(), frame);
            }
            return count;
        };
    }

    private static Map<String, Path> hostileModels(Path folder) throws IOException {
        Map<String, Path> models = new LinkedHashMap<>();
        models.put("a map without pixels", HostileModel.empty(folder.resolve("empty.onnx")));
        models.put("a map of 1 GB", HostileModel.huge(folder.resolve("huge.onnx")));
        for (String rule : List.of("fixed:30000x30000", "aspect:20000:1")) {
            Path file = folder.resolve("asks-" + models.size() + ".onnx");
            models.put("metadata " + rule, HostileModel.inputSize(file, rule));
        }
        models.put("2.5 GB at open", HostileModel.gigabytes(folder.resolve("gigabytes.onnx")));
        models.put("a loop without end", HostileModel.endless(folder.resolve("endless.onnx")));
        Path bright = folder.resolve("bright.onnx");
        models.put("one for bright images", HostileModel.endlessWhereBright(bright));
        return models;
    }
}
