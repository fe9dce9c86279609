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
import io.liftstream.mcap.McapReader;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A lifted recording as a file for viewers: whole, while it grows, and with what is missing. */
@SuppressWarnings("FutureReturnValueIgnored") // Closing the producer waits for all.
class McapExportITCase {
    private static final String RESULTS = RecordedYard.RESULTS;

    @TempDir private static Path folder;
    private static RecordedYard yard;
    private final TypedCommand command = new TypedCommand();
    private final StringWriter complaints = new StringWriter();

    @BeforeAll
    static void lift() throws Exception {
        yard = RecordedYard.lift(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        yard.close();
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
        assertThat(RecordedYard.counts(file))
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
            assertThat(RecordedYard.all(reader.messages()))
                    .extracting(McapMessage::logTimeNanos)
                    .isSorted()
                    .startsWith(RecordedYard.START_NANOS)
                    .endsWith(RecordedYard.START_NANOS + 300_000_000L);
            assertThat(RecordedYard.all(reader.messages()))
                    .allSatisfy(
                            message ->
                                    assertThat(message.publishTimeNanos())
                                            .isGreaterThan(message.logTimeNanos()));
            assertThat(
                            RecordedYard.all(
                                    reader.messages(RecordedYard.START_NANOS + 300_000_000L, -1)))
                    .hasSize(6);
            assertThat(reader.schemas().values())
                    .allSatisfy(schema -> assertThat(schema.encoding()).isEqualTo("protobuf"));
        }
    }

    @Test
    void compressedCloudsAreExportedAsTheyCameAndAsFiles() throws Exception {
        yard.broker()
                .createOutputTopics(new JobTopics("-", "yard.draco", "yard.draco.rejected"), 1);
        TypedCommand replay = new TypedCommand();
        assertThat(
                        replay.run(
                                "replay",
                                yard.live().toString(),
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
        assertThat(RecordedYard.counts(file))
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
                                yard.live().toString(),
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
        yard.broker().createOutputTopics(new JobTopics("-", "yard.bad", "yard.bad.rejected"), 1);
        List<ConsumerRecord<byte[], byte[]>> results = yard.results();
        try (KafkaProducer<byte[], byte[]> producer = yard.producer()) {
            for (int i = 0; i < 2; i++) {
                for (ConsumerRecord<byte[], byte[]> result : results) {
                    producer.send(RecordedYard.copy(result, "yard.bad", result.value()));
                }
            }
            ConsumerRecord<byte[], byte[]> first = results.get(0);
            producer.send(
                    RecordedYard.copy(
                            first, "yard.bad", "garbage".getBytes(StandardCharsets.UTF_8)));
            producer.send(RecordedYard.copy(first, "yard.bad", new byte[0]));
            // Field 19, width, and 20, height, in this version's own encoding: the last one wins.
            byte[] huge = new byte[first.value().length + 12];
            System.arraycopy(first.value(), 0, huge, 0, first.value().length);
            byte[] size = {
                (byte) 0x98, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7,
                (byte) 0xa0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7
            };
            System.arraycopy(size, 0, huge, first.value().length, size.length);
            producer.send(RecordedYard.copy(first, "yard.bad", huge));
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
        assertThat(RecordedYard.counts(file)).containsEntry("/yard-1/points", 3L);
    }

    @Test
    void picturesThatAreGoneAreCounted() throws Exception {
        yard.broker().createTopics(new JobTopics("gone.frames", "gone", "gone.rejected"), 1);
        yard.publish("gone.frames", "gone-1");
        TypedCommand replay = new TypedCommand();
        assertThat(
                        replay.run(
                                "replay",
                                yard.live().toString(),
                                "--topics.frames",
                                "gone.frames",
                                "--output-topic",
                                "gone"))
                .as(replay.complaints())
                .isZero();
        yard.broker().removeBefore("gone.frames", 2);
        Path file = folder.resolve("gone.mcap");

        assertThat(export("gone", file)).as(command.complaints()).isZero();

        assertThat(command.output()).contains("2 pictures are no longer on the frames topic.");
        assertThat(RecordedYard.counts(file))
                .containsEntry("/gone-1/image", 1L)
                .containsEntry("/gone-1/points", 3L);
    }

    @Test
    void aFollowedRecordingIsWholeWhenTheProcessIsAskedToEnd() throws Exception {
        yard.broker()
                .createOutputTopics(new JobTopics("-", "yard.grows", "yard.grows.rejected"), 1);
        Path file = folder.resolve("grows.mcap");
        Path log = folder.resolve("grows.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.liftstream.cli.Launcher",
                                "export",
                                yard.live().toString(),
                                "--topic",
                                "yard.grows",
                                "--mcap",
                                file.toString(),
                                "--follow")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            RecordedYard.await(() -> Files.readString(log).contains("Following yard.grows"));
            try (KafkaProducer<byte[], byte[]> producer = yard.producer()) {
                for (ConsumerRecord<byte[], byte[]> result : yard.results()) {
                    producer.send(RecordedYard.copy(result, "yard.grows", result.value()));
                }
            }
            RecordedYard.await(() -> Files.readString(log).contains("3 results so far"));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(log).content().contains("3 results and 0 rejected frames written to " + file);
        assertThat(RecordedYard.counts(file)).containsEntry("/yard-1/image", 3L);
    }

    @Test
    void anExportThatFailsKeepsWhatItReadAndSaysThatItIsAPart() throws Exception {
        yard.broker().createOutputTopics(new JobTopics("-", "yard.ends", "yard.ends.rejected"), 1);
        try (KafkaProducer<byte[], byte[]> producer = yard.producer()) {
            for (ConsumerRecord<byte[], byte[]> result : yard.results()) {
                producer.send(RecordedYard.copy(result, "yard.ends", result.value()));
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
        assertThat(RecordedYard.counts(file)).containsEntry("/yard-1/points", 3L);
    }

    @Test
    void anExportThatFailsBeforeItsFirstMessageLeavesNoFile() throws Exception {
        yard.broker().createOutputTopics(new JobTopics("-", "yard.none", "yard.none.rejected"), 1);
        try (KafkaProducer<byte[], byte[]> producer = yard.producer()) {
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
            for (ConsumerRecord<byte[], byte[]> result : yard.results()) {
                ViewedResult viewed = ViewedResult.decode(result.value());
                recorder.add(viewed, result.timestamp(), result.value().length);
            }

            recorder.flushWithoutPictures();
        }

        assertThat(RecordedYard.counts(file))
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
                                    yard.recreate(topic);
                                }
                            }
                        },
                        true));
        return typed.execute(
                "export",
                yard.live().toString(),
                "--topic",
                topic,
                "--mcap",
                file.toString(),
                "--follow");
    }

    private int export(String topic, Path file) {
        return command.run(
                "export", yard.live().toString(), "--topic", topic, "--mcap", file.toString());
    }
}
