package io.liftstream.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.cli.Launcher;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.files.PlyFile;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.lifting.PointCloud;
import io.liftstream.mcap.McapMessage;
import io.liftstream.mcap.McapMessages;
import io.liftstream.mcap.McapReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A lifted recording as a file for viewers: whole, while it grows, and with what is missing. */
@SuppressWarnings("FutureReturnValueIgnored") // Closing the producer waits for all.
class McapExportITCase {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final String START = "2020-01-31T08:00:00Z";
    private static final long START_NANOS = Instant.parse(START).getEpochSecond() * 1_000_000_000L;
    private static final String RESULTS = "yard.again";

    @TempDir private static Path folder;
    private static EmbeddedBroker broker;
    private static Path live;
    private final TypedCommand command = new TypedCommand();
    private final StringWriter complaints = new StringWriter();

    /** Three results of yard-1, one each tenth of a second, and one image that cannot be read. */
    @BeforeAll
    static void liftFourImages() throws Exception {
        broker = EmbeddedBroker.start();
        broker.createTopics(new JobTopics("yard.frames", RESULTS, RESULTS + ".rejected"), 1);
        live =
                Files.writeString(
                        folder.resolve("live.yaml"),
                        String.join(
                                "\n",
                                "job: {name: yard, mode: live}",
                                "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                                "topics: {frames: yard.frames, depth: yard.live}",
                                "lifting: {return-mesh: true, return-point-cloud: true}",
                                "flink:",
                                "  execution.checkpointing.timeout: 1 min",
                                "  execution.checkpointing.dir: "
                                        + folder.resolve("checkpoints").toUri()));
        publish("yard.frames", "yard-1");
        TypedCommand command = new TypedCommand();
        assertThat(command.run("replay", live.toString(), "--output-topic", RESULTS))
                .as(command.complaints())
                .isZero();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void aRecordingHoldsEveryResultWithItsPictureAndEveryRejection() throws Exception {
        Path file = folder.resolve("whole.mcap");

        assertThat(export(RESULTS, file)).as(command.complaints()).isZero();

        assertThat(command.output())
                .contains("3 results and 1 rejected frames written to " + file)
                .contains("         3  /yard-1/points")
                .contains("3 results have metres that are a guess of scale.")
                .doesNotContain("no longer");
        assertThat(counts(file))
                .isEqualTo(
                        Map.of(
                                "/rejections", 1L,
                                "/tf", 3L,
                                "/yard-1/calibration", 3L,
                                "/yard-1/depth", 3L,
                                "/yard-1/image", 3L,
                                "/yard-1/mesh", 3L,
                                "/yard-1/points", 3L));
        try (McapReader reader = McapReader.open(file)) {
            assertThat(reader.statistics().orElseThrow().messageCount()).isEqualTo(19);
            assertThat(all(reader.messages()))
                    .extracting(McapMessage::logTimeNanos)
                    .isSorted()
                    .startsWith(START_NANOS)
                    .endsWith(START_NANOS + 300_000_000L);
            assertThat(all(reader.messages()))
                    .allSatisfy(
                            message ->
                                    assertThat(message.publishTimeNanos())
                                            .isGreaterThan(message.logTimeNanos()));
            assertThat(all(reader.messages(START_NANOS + 300_000_000L, -1))).hasSize(6);
            assertThat(reader.schemas().values())
                    .allSatisfy(schema -> assertThat(schema.encoding()).isEqualTo("protobuf"));
        }
    }

    @Test
    void compressedCloudsAreExportedAsTheyCameAndAsFiles() throws Exception {
        broker.createOutputTopics(new JobTopics("-", "yard.draco", "yard.draco.rejected"), 1);
        TypedCommand replay = new TypedCommand();
        assertThat(
                        replay.run(
                                "replay",
                                live.toString(),
                                "--output-topic",
                                "yard.draco",
                                "--result.cloud",
                                "draco"))
                .as(replay.complaints())
                .isZero();
        Path file = folder.resolve("draco.mcap");

        assertThat(export("yard.draco", file)).as(command.complaints()).isZero();
        PointCloud compressed = exportedCloud("yard.draco");
        PointCloud exact = exportedCloud(RESULTS);

        assertThat(command.output()).doesNotContain("no cloud");
        assertThat(counts(file))
                .containsEntry("/yard-1/points/draco", 3L)
                .containsEntry("/yard-1/depth", 3L)
                .doesNotContainKey("/yard-1/points");
        assertThat(compressed.count()).isEqualTo(exact.count());
        for (int point = 0; point < exact.count(); point++) {
            assertThat(compressed.x(point)).isCloseTo(exact.x(point), within(0.0005f));
            assertThat(compressed.y(point)).isCloseTo(exact.y(point), within(0.0005f));
            assertThat(compressed.z(point)).isCloseTo(exact.z(point), within(0.0005f));
            assertThat(compressed.green(point)).isEqualTo(exact.green(point));
        }
    }

    private PointCloud exportedCloud(String topic) throws IOException {
        Path out = folder.resolve(topic + "-files");
        assertThat(
                        command.run(
                                "export",
                                live.toString(),
                                "--topic",
                                topic,
                                "--out",
                                out.toString()))
                .as(command.complaints())
                .isZero();
        return PlyFile.read(out.resolve("yard-1").resolve("000000.ply"));
    }

    @Test
    void aFileThatExistsIsNotWrittenOver() throws Exception {
        Path file = Files.writeString(folder.resolve("precious.mcap"), "precious");

        assertThat(export(RESULTS, file)).isEqualTo(2);

        assertThat(command.complaints()).contains("option --mcap is " + file + ": it exists");
        assertThat(file).hasContent("precious");
    }

    @Test
    void hostileRecordsAndRepeatsAreToldAndLeftOut() throws Exception {
        broker.createOutputTopics(new JobTopics("-", "yard.bad", "yard.bad.rejected"), 1);
        List<ConsumerRecord<byte[], byte[]>> results = read(RESULTS);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < 2; i++) {
                for (ConsumerRecord<byte[], byte[]> result : results) {
                    producer.send(copy(result, "yard.bad", result.value()));
                }
            }
            ConsumerRecord<byte[], byte[]> first = results.get(0);
            producer.send(copy(first, "yard.bad", "garbage".getBytes(StandardCharsets.UTF_8)));
            producer.send(copy(first, "yard.bad", new byte[0]));
            // Field 19, width, and 20, height, in this version's own encoding: the last one wins.
            byte[] huge = new byte[first.value().length + 12];
            System.arraycopy(first.value(), 0, huge, 0, first.value().length);
            byte[] size = {
                (byte) 0x98, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7,
                (byte) 0xa0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7
            };
            System.arraycopy(size, 0, huge, first.value().length, size.length);
            producer.send(copy(first, "yard.bad", huge));
            producer.send(new ProducerRecord<>("yard.bad", new byte[] {1}, new byte[] {2}));
        }
        Path file = folder.resolve("bad.mcap");

        assertThat(export("yard.bad", file)).isEqualTo(1);

        assertThat(command.complaints())
                .contains("camera_id is \"\"")
                .contains("size is")
                .contains("header " + EventHeaders.TYPE + " is missing")
                .contains("4 records skipped");
        assertThat(command.output())
                .contains("3 results and 0 rejected frames")
                .contains("3 repeats were left out.");
        assertThat(counts(file)).containsEntry("/yard-1/points", 3L);
    }

    @Test
    void picturesThatAreGoneAreCounted() throws Exception {
        broker.createTopics(new JobTopics("gone.frames", "gone", "gone.rejected"), 1);
        publish("gone.frames", "gone-1");
        TypedCommand replay = new TypedCommand();
        assertThat(
                        replay.run(
                                "replay",
                                live.toString(),
                                "--topics.frames",
                                "gone.frames",
                                "--output-topic",
                                "gone"))
                .as(replay.complaints())
                .isZero();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition("gone.frames", 0),
                                    RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        Path file = folder.resolve("gone.mcap");

        assertThat(export("gone", file)).as(command.complaints()).isZero();

        assertThat(command.output()).contains("2 pictures are no longer on the frames topic.");
        assertThat(counts(file))
                .containsEntry("/gone-1/image", 1L)
                .containsEntry("/gone-1/points", 3L);
    }

    @Test
    void aFollowedRecordingIsWholeWhenTheProcessIsAskedToEnd() throws Exception {
        broker.createOutputTopics(new JobTopics("-", "yard.grows", "yard.grows.rejected"), 1);
        Path file = folder.resolve("grows.mcap");
        Path log = folder.resolve("grows.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.liftstream.cli.Launcher",
                                "export",
                                live.toString(),
                                "--topic",
                                "yard.grows",
                                "--mcap",
                                file.toString(),
                                "--follow")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            await(() -> Files.readString(log).contains("Following yard.grows"));
            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                for (ConsumerRecord<byte[], byte[]> result : read(RESULTS)) {
                    producer.send(copy(result, "yard.grows", result.value()));
                }
            }
            await(() -> Files.readString(log).contains("3 results so far"));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(log).content().contains("3 results and 0 rejected frames written to " + file);
        assertThat(counts(file)).containsEntry("/yard-1/image", 3L);
    }

    @Test
    void anExportThatFailsKeepsWhatItReadAndSaysThatItIsAPart() throws Exception {
        broker.createOutputTopics(new JobTopics("-", "yard.ends", "yard.ends.rejected"), 1);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (ConsumerRecord<byte[], byte[]> result : read(RESULTS)) {
                producer.send(copy(result, "yard.ends", result.value()));
            }
        }
        Path file = folder.resolve("ends.mcap");

        int exitCode = followUntilRecreated("yard.ends", file);

        assertThat(exitCode).as(complaints.toString()).isEqualTo(1);
        assertThat(complaints.toString())
                .contains(
                        file
                                + " is partial: 3 results and 0 rejected frames, captured up to"
                                + " 2020-01-31T08:00:00.300Z; export again to another file")
                .contains(
                        "offset 3 does not exist: partition 0 of topic yard.ends holds no record, so")
                .doesNotContain("FetchPosition");
        assertThat(counts(file)).containsEntry("/yard-1/points", 3L);
    }

    @Test
    void anExportThatFailsBeforeItsFirstMessageLeavesNoFile() throws Exception {
        broker.createOutputTopics(new JobTopics("-", "yard.none", "yard.none.rejected"), 1);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>("yard.none", new byte[] {1}, new byte[] {2}));
        }
        Path file = folder.resolve("none.mcap");

        assertThat(followUntilRecreated("yard.none", file)).isEqualTo(1);

        assertThat(file).doesNotExist();
        assertThat(complaints.toString()).doesNotContain("partial");
    }

    @Test
    void whatIsHeldIsWrittenWithoutTheBrokers() throws Exception {
        Path file = folder.resolve("held.mcap");
        KafkaSettings nobody = new KafkaSettings("127.0.0.1:1", "group", Map.of());
        ResultRecorder recorder;
        try (McapRecording recording = McapRecording.create(file);
                FramePictures pictures = new FramePictures(nobody)) {
            recorder = new ResultRecorder(recording, pictures);
            for (ConsumerRecord<byte[], byte[]> result : read(RESULTS)) {
                ViewedResult viewed = ViewedResult.decode(result.value());
                recorder.add(viewed, result.timestamp(), result.value().length);
            }

            recorder.flushWithoutPictures();
        }

        assertThat(counts(file))
                .containsEntry("/yard-1/points", 3L)
                .doesNotContainKey("/yard-1/image");
        assertThat(recorder.partial(file)).contains("3 results (3 without pictures)");
    }

    /** The topic is deleted and created again once all of it was read. */
    private int followUntilRecreated(String topic, Path file) {
        CommandLine typed = Launcher.commandLine();
        typed.setErr(new PrintWriter(complaints, true));
        typed.setOut(
                new PrintWriter(
                        new StringWriter() {
                            @Override
                            public void write(String text, int begin, int length) {
                                if (text.startsWith("Following")) {
                                    recreate(topic);
                                }
                            }
                        },
                        true));
        return typed.execute(
                "export", live.toString(), "--topic", topic, "--mcap", file.toString(), "--follow");
    }

    private static void recreate(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            await(() -> !admin.listTopics().names().get().contains(topic));
            broker.createFramesTopic(topic, 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Four frames of a camera, each tenth of a second; the third holds no picture. */
    private static void publish(String topic, String camera) {
        RenderedFleet fleet = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);
        byte[] note = "This is a note, not a picture.".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < 4; i++) {
                byte[] picture = i == 2 ? note : fleet.jpeg(0, i);
                long time = START_NANOS + i * 100_000_000L;
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                camera.getBytes(StandardCharsets.UTF_8),
                                FrameEncoder.encode(camera, time, i, picture, null)));
            }
        }
    }

    private int export(String topic, Path file) {
        return command.run("export", live.toString(), "--topic", topic, "--mcap", file.toString());
    }

    private static Map<String, Long> counts(Path file) throws IOException {
        try (McapReader reader = McapReader.open(file)) {
            return all(reader.messages()).stream()
                    .collect(
                            Collectors.groupingBy(
                                    message -> reader.channels().get(message.channelId()).topic(),
                                    TreeMap::new,
                                    Collectors.counting()));
        }
    }

    private static List<McapMessage> all(McapMessages messages) throws IOException {
        List<McapMessage> all = new ArrayList<>();
        for (Optional<McapMessage> next = messages.next();
                next.isPresent();
                next = messages.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> record, String topic, byte[] value) {
        return new ProducerRecord<>(topic, null, null, record.key(), value, record.headers());
    }

    /** The three results. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = broker.committedConsumer()) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await(
                    () -> {
                        ConsumerRecords<byte[], byte[]> records =
                                consumer.poll(Duration.ofMillis(200));
                        records.forEach(found::add);
                        return found.size() == 3;
                    });
        }
        return found;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.isMet()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Something that is waited for. */
    private interface Condition {
        boolean isMet() throws Exception;
    }
}
