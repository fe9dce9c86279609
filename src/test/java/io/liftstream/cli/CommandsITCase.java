package io.liftstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.files.NpyFile;
import io.liftstream.image.ImageDecoder;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.VideoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around a recording, one after the other, as a user types them. */
class CommandsITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final String START = "2020-01-31T08:00:00Z";

    private static EmbeddedBroker broker;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aPublishedFolderIsReplayedExportedAndItsBadImageCounted() throws Exception {
        JobTopics topics = new JobTopics("hall.frames", "hall.again", "hall.again.rejected");
        broker.createTopics(topics, 2);
        Path images = images(4);
        Files.write(images.resolve("0002.jpg"), bitmapOfSevenBits());
        Files.writeString(images.resolve("notes.txt"), "Not named as an image: passed over.");
        Path live = liveConfiguration(topics);

        publishes(images, live);
        replays(live);
        exports(live);
        countsTheBadImage(live);
    }

    private void publishes(Path images, Path live) {
        List<String> words =
                List.of(
                        "publish",
                        images.toString(),
                        "--camera",
                        "hall-1",
                        "--config",
                        live.toString(),
                        "--fps",
                        "10",
                        "--start",
                        START,
                        "--as-fast-as-possible");
        assertThat(run(with(words, "--dry-run"))).isZero();
        assertThat(command.output())
                .contains("4 images of hall-1")
                .contains("would be published to")
                .contains(" as fast as possible.")
                .doesNotContain("Next:");
        assertThat(run("replay", live.toString(), "--output-topic", "hall.again", "--dry-run"))
                .isZero();
        assertThat(command.output()).contains("0 frames would be lifted");

        assertThat(run(words.toArray(String[]::new))).isZero();
        assertThat(command.output())
                .contains("taken " + START + " to 2020-01-31T08:00:00.300Z, published")
                .contains("Next: liftstream job " + live + " lifts them");
        assertThat(complaints()).contains("1 other file in").contains("notes.txt");
    }

    /** All there, as far as its header tells, and nothing that a decoder takes. */
    private static byte[] bitmapOfSevenBits() {
        ByteBuffer file = ByteBuffer.allocate(54 + 64).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(10, 54).putInt(14, 40);
        file.putInt(18, 8).putInt(22, 8).putShort(26, (short) 1).putShort(28, (short) 7);
        return file.array();
    }

    private void replays(Path live) {
        assertThat(run("replay", live.toString(), "--output-topic", "hall.again", "--dry-run"))
                .isZero();
        assertThat(command.output())
                .contains("hall.frames on " + broker.bootstrapServers() + ", from earliest to")
                .contains("4 frames would be lifted")
                .contains("results would go to hall.again, rejections to hall.again.rejected");
        assertThat(framesOfDryRun(live, "--from", "2100-01-01T00:00:00Z")).isZero();
        assertThat(framesOfDryRun(live, "--to", "2100-01-01T00:00:00Z")).isEqualTo(4);
        assertThat(framesOfDryRun(live, "--to", "0:0,1:1")).isOne();
        assertThat(complaintsOfDryRun(live, "--from", "0:1")).contains("name every partition");
        assertThat(complaintsOfDryRun(live, "--from", "0:0,1:1,9:7")).contains("partition 9");
        assertThat(complaintsOfDryRun(live, "--to", "0:0,1:99999"))
                .contains("partition 1 ends at 4, so write 1:4 or less");
        assertThat(complaintsOfDryRun(live, "--to", "committed"))
                .contains("option --to is committed: it must be latest, an instant or offsets");
        assertThat(framesOfDryRun(live, "--source.end", "0:0,1:2")).isEqualTo(2);
        assertThat(framesOfDryRun(live, "--source.start", "latest", "--from", "0:0,1:1"))
                .isEqualTo(3);
        assertThat(run("rejected", live.toString(), "--topic", "hall.again.rejected")).isZero();
        assertThat(command.output()).containsPattern("(?m)^ +0  in all$");

        assertThat(
                        run(
                                "replay",
                                live.toString(),
                                "--from",
                                "earliest",
                                "--output-topic",
                                "hall.again",
                                "--flink.parallelism.default",
                                "2"))
                .isZero();
        assertThat(command.output())
                .contains(
                        "Next: liftstream export --bootstrap-servers "
                                + broker.bootstrapServers()
                                + " --topic hall.again --out DIR");
    }

    /** All frames of the camera are in one of the two partitions. */
    private long framesOfDryRun(Path live, String... words) {
        List<String> all =
                List.of("replay", live.toString(), "--output-topic", "hall.again", "--dry-run");
        assertThat(run(with(all, words))).isZero();
        Matcher count = Pattern.compile("(\\d+) frames would be lifted").matcher(command.output());
        assertThat(count.find()).isTrue();
        return Long.parseLong(count.group(1));
    }

    private String complaintsOfDryRun(Path live, String... words) {
        List<String> all =
                List.of("replay", live.toString(), "--output-topic", "hall.again", "--dry-run");
        assertThat(run(with(all, words))).isEqualTo(2);
        return complaints();
    }

    private void exports(Path live) throws IOException {
        Path results = folder.resolve("results");
        assertThat(
                        run(
                                "export",
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topic",
                                "hall.again",
                                "--out",
                                results.toString()))
                .isZero();
        assertThat(command.output())
                .contains("3 results written")
                .contains("Next: open the .ply files");
        Path camera = results.resolve("hall-1");
        for (String name : List.of("000000", "000001", "000003")) {
            assertThat(NpyFile.read(camera.resolve(name + ".depth.npy")).shape())
                    .containsExactly(HEIGHT, WIDTH);
            assertThat(camera.resolve(name + ".depth.png")).isNotEmptyFile();
            assertThat(camera.resolve(name + ".ply")).isNotEmptyFile();
        }
        assertThat(camera).isDirectoryNotContaining("glob:**/000002*");
        JsonNode last = JSON.readTree(Files.readAllBytes(camera.resolve("000003.json")));
        assertThat(last.path("capture_time").asText()).isEqualTo("2020-01-31T08:00:00.300Z");
        assertThat(last.path("provenance").path("topic").asText()).isEqualTo("hall.frames");
        assertThat(last.path("intrinsics").path("source").asText()).isEqualTo("SCALED_DEFAULT");

        assertThat(
                        run(
                                "export",
                                live.toString(),
                                "--topic",
                                "hall.frames",
                                "--out",
                                results.toString()))
                .isEqualTo(1);
        assertThat(complaints())
                .contains(
                        "is no liftstream.v1.DepthEstimationResult: its header ce_type is missing")
                .contains("4 records skipped");
        assertThat(run("export", live.toString(), "--out", results.toString())).isEqualTo(2);
        assertThat(complaints())
                .contains("topic hall.live does not exist on ")
                .contains(", which has ", "hall.frames");
    }

    private void countsTheBadImage(Path live) throws IOException {
        List<String> words = List.of("rejected", live.toString(), "--topic", "hall.again.rejected");
        assertThat(run(words.toArray(String[]::new))).isZero();
        assertThat(command.output()).containsPattern("(?m)^ +1  UNREADABLE_IMAGE +hall-1$");
        assertThat(run(with(words, "--json"))).isZero();
        assertThat(JSON.readTree(command.output()))
                .isEqualTo(
                        JSON.readTree(
                                "{\"total\":1,\"counts\":[{\"reason\":\"UNREADABLE_IMAGE\","
                                        + "\"camera\":\"hall-1\",\"frames\":1}]}"));
        assertThat(run(with(words, "--json", "--list"))).isZero();
        JsonNode listed = JSON.readTree(command.output());
        assertThat(listed.path("sequence").asInt()).isEqualTo(2);
        assertThat(listed.path("topic").asText()).isEqualTo("hall.frames");
    }

    @Test
    void aPublishedVideoIsLiftedFrameByFrame() throws Exception {
        JobTopics topics = new JobTopics("door.frames", "door.again", "door.again.rejected");
        broker.createTopics(topics, 1);
        Path live = liveConfiguration(topics);
        List<String> words =
                List.of(
                        "publish",
                        video().toString(),
                        "--camera",
                        "door-1",
                        "--config",
                        live.toString(),
                        "--start",
                        START);

        assertThat(run(with(words, "--dry-run"))).isZero();
        assertThat(command.output())
                .contains(
                        "about 3 images of door-1, taken " + START + " to 2020-01-31T08:00:00.400Z")
                .contains("would be published to door.frames");
        assertThat(run(with(words, "--fps", "2", "--dry-run"))).isZero();
        assertThat(command.output()).contains("to 2020-01-31T08:00:01Z");
        Path broken = folder.resolve("broken.mp4");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(video()), 600));
        List<String> brokenWords = new ArrayList<>(words);
        brokenWords.set(1, broken.toString());
        assertThat(run(brokenWords.toArray(String[]::new))).isEqualTo(2);
        assertThat(complaints()).contains("broken.mp4 is a file that FFmpeg cannot read");

        assertThat(run(with(words, "--speed", "2"))).isZero();
        assertThat(command.output())
                .startsWith("3 images of door-1, taken " + START + " to 2020-01-31T08:00:00.400Z")
                .containsPattern("published to door\\.frames on .* in [0-9.]+ m?s\\.");
        assertThat(run("replay", live.toString(), "--output-topic", "door.again")).isZero();

        Path results = folder.resolve("results");
        assertThat(
                        run(
                                "export",
                                live.toString(),
                                "--topic",
                                "door.again",
                                "--out",
                                results.toString()))
                .isZero();
        assertThat(command.output()).contains("3 results written");
        JsonNode second =
                JSON.readTree(Files.readAllBytes(results.resolve("door-1").resolve("000001.json")));
        assertThat(second.path("capture_time").asText()).isEqualTo("2020-01-31T08:00:00.100Z");
        assertThat(second.path("width").asInt()).isEqualTo(WIDTH);
    }

    private Path video() {
        RenderedFleet fleet = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);
        ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
        Path video = folder.resolve("door.mp4");
        try (VideoWriter writer =
                new VideoWriter(video, AV_CODEC_ID_MPEG4, WIDTH, HEIGHT, 0, Map.of(), Map.of())) {
            writer.add(decoder.decode(fleet.jpeg(0, 0)), 0);
            writer.add(decoder.decode(fleet.jpeg(0, 1)), 100);
            writer.add(decoder.decode(fleet.jpeg(0, 2)), 400);
        }
        return video;
    }

    @Test
    void aTopicThatDoesNotExistIsNamedByEveryCommand() throws Exception {
        String servers = broker.bootstrapServers();
        Path images = images(1);
        Path configuration = liveConfiguration(JobTopics.named("nowhere"));

        assertThat(run("export", "--bootstrap-servers", servers, "--out", "x")).isEqualTo(2);
        assertThat(complaints()).contains("topic liftstream.depth does not exist on " + servers);
        assertThat(run("rejected", "--bootstrap-servers", servers)).isEqualTo(2);
        assertThat(complaints()).contains("topic liftstream.rejected does not exist");
        assertThat(
                        run(
                                "publish",
                                images.toString(),
                                "--camera",
                                "a",
                                "--bootstrap-servers",
                                servers))
                .isEqualTo(2);
        assertThat(complaints()).contains("topic liftstream.frames does not exist");
        assertThat(run("replay", configuration.toString(), "--output-topic", "y", "--dry-run"))
                .isEqualTo(2);
        assertThat(complaints())
                .contains("topic nowhere.frames does not exist")
                .contains("topic y does not exist")
                .contains("topic y.rejected does not exist");
    }

    @Test
    void wrongOptionsAreUsageErrorsThatSayWhatWouldBeRight() throws Exception {
        String servers = broker.bootstrapServers();
        Path images = images(2);
        Files.setLastModifiedTime(
                images.resolve("0001.jpg"), FileTime.from(Instant.parse("1999-01-01T00:00:00Z")));
        Path configuration = liveConfiguration(JobTopics.named("wrong"));

        assertThat(run("rejected", "--json")).isEqualTo(2);
        assertThat(complaints()).contains("kafka.bootstrap-servers is missing");
        assertThat(run("rejected", "--bootstrap-servers", servers, "--from", "yesterday"))
                .isEqualTo(2);
        assertThat(complaints()).contains("--from: yesterday is not a position");
        assertThat(run("replay", configuration.toString(), "--output-topic", "hall.live"))
                .isEqualTo(2);
        assertThat(complaints()).contains("must be a topic of the replay's own");
        assertThat(run("publish", images.toString(), "--camera", "a/b", "--speed", "0"))
                .isEqualTo(2);
        assertThat(complaints())
                .contains("option --camera is \"a/b\"")
                .contains("option --speed is 0: it must be more than 0");
        assertThat(
                        run(
                                "publish",
                                images.toString(),
                                "--camera",
                                "a",
                                "--bootstrap-servers",
                                servers))
                .isEqualTo(2);
        assertThat(complaints())
                .contains("0001.jpg was modified before 0000.jpg")
                .contains("give --fps");
        assertThat(run("publish", images.resolve("0000.jpg").toString(), "--camera", "a"))
                .isEqualTo(2);
        assertThat(complaints()).contains("0000.jpg is one image: give the folder");
        assertThat(run("publish", "nowhere.mp4", "--camera", "a")).isEqualTo(2);
        assertThat(complaints()).contains("nowhere.mp4 does not exist");
    }

    /** A live job's file, as a user has it; its own depth topic is not there. */
    private Path liveConfiguration(JobTopics topics) throws IOException {
        return Files.writeString(
                folder.resolve("live.yaml"),
                String.join(
                        "\n",
                        "job: {name: hall, mode: live}",
                        "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                        "topics: {frames: " + topics.frames() + ", depth: hall.live}",
                        "sink: {restart-budget: 1 min, delivery-guarantee: at-least-once}",
                        "lifting: {return-depth-image: true, return-point-cloud: true}",
                        "flink.execution.checkpointing.timeout: 1 min",
                        "flink.execution.checkpointing.dir: " + folder.toUri() + "checkpoints"));
    }

    private Path images(int count) throws IOException {
        RenderedFleet fleet = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);
        Path images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < count; i++) {
            Files.write(images.resolve(String.format("%04d.jpg", i)), fleet.jpeg(0, i));
        }
        return images;
    }

    private static String[] with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private int run(String... words) {
        return command.run(words);
    }

    private String complaints() {
        return command.complaints();
    }
}
