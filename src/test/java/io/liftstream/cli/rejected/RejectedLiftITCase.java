package io.liftstream.cli.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.audit.FrameAudit;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.frame.Provenance;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.kafka.ListedFrames;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.wire.FrameEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that a job has rejected, lifted again by the command that lists them. */
class RejectedLiftITCase {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Of which all frames are kept. */
    private static final JobTopics HALL = recorded("hall");

    /** Of which the first frames were removed after they had been listed. */
    private static final JobTopics YARD = recorded("yard");

    private static final int REMOVED = 4;

    /** In a frame's place on the one partition: offset 3 is no picture, 4 and 5 are late. */
    private static final int[] SEQUENCES = {0, 20, 40, 41, 10, 11, 60};

    @TempDir private static Path folder;
    private static EmbeddedBroker broker;

    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void recordAndReject() throws Exception {
        broker = EmbeddedBroker.start();
        for (JobTopics topics : List.of(HALL, YARD)) {
            broker.createTopics(topics, 1);
            record(topics);
            assertThat(
                            new TypedCommand()
                                    .run(
                                            "replay",
                                            configuration(topics).toString(),
                                            "--output-topic",
                                            topics.depth()))
                    .isZero();
        }
        broker.removeBefore(YARD.frames(), REMOVED);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    private static JobTopics recorded(String name) {
        return new JobTopics(name + ".frames", name + ".again", name + ".again.rejected");
    }

    @Test
    void filtersWhatIsListed() throws Exception {
        assertThat(command.run(rejected(HALL))).isZero();
        assertThat(command.output())
                .containsPattern("(?m)^ +2  LATE +camera-0$")
                .containsPattern("(?m)^ +1  UNREADABLE_IMAGE +camera-0$");
        assertThat(command.run(rejected(HALL, "--reason", "LATE"))).isZero();
        assertThat(command.output()).doesNotContain("UNREADABLE").contains("2  in all");
        assertThat(command.run(rejected(HALL, "--camera", "camera-9", "--list"))).isZero();
        assertThat(command.output()).isEmpty();
    }

    @Test
    void refusesTopicsThatAreNotItsOwn() throws Exception {
        assertThat(command.run(rejected(HALL, "--lift"))).isEqualTo(2);
        assertThat(command.complaints()).contains("--output-topic");
        assertThat(command.run(lift(HALL, "hall.live"))).isEqualTo(2);
        assertThat(command.complaints()).contains("must be a topic of the replay's own");
        assertThat(command.run(lift(HALL, "hall.again"))).isEqualTo(2);
        assertThat(command.complaints())
                .contains("topic hall.again.rejected lists the frames that are lifted again");
        assertThat(command.run(lift(HALL, "x", "--rejected-topic", "hall.live"))).isEqualTo(2);
        assertThat(command.complaints()).contains("option --rejected-topic is hall.live");
        assertThat(command.run(lift(HALL, "x", "--topics.frames", "x.frames"))).isEqualTo(2);
        assertThat(command.complaints()).contains("topic x.frames does not exist");
        assertThat(command.run(lift(HALL, "nowhere"))).isEqualTo(2);
        assertThat(command.complaints())
                .contains("topic nowhere does not exist")
                .contains("topic nowhere.rejected does not exist");
        assertThat(command.run(lift(HALL, "nowhere", "--list"))).isEqualTo(2);
        assertThat(command.complaints()).contains("neither --list nor --json");
    }

    @Test
    void aDryRunSaysWhatItWouldLiftAndLiftsNothing() throws Exception {
        JobTopics dry = outputs(HALL, "hall.dry");

        assertThat(command.run(lift(HALL, "hall.dry", "--reason", "LATE", "--dry-run"))).isZero();

        assertThat(command.output())
                .contains("2 rejected frames of hall.frames are listed")
                .contains("0 of them are no longer on the topic")
                .containsPattern("(?m)^0 +4 +5 +2$")
                .contains("2 frames to lift; results go to hall.dry, rejections to")
                .contains("nothing was started");
        assertThat(sequencesOn(dry)).isEmpty();
    }

    @Test
    void liftsTheLateOnesAlone() throws Exception {
        JobTopics late = outputs(HALL, "hall.late");

        assertThat(command.run(lift(HALL, "hall.late", "--reason", "LATE"))).isZero();

        assertThat(command.output())
                .contains("2 frames have a result on hall.late, 0 a rejection on")
                .contains("0 have neither, 0 more than one outcome");
        assertThat(sequencesOn(late)).containsExactly(10L, 11L);
    }

    @Test
    void anOpenTransactionHidesThemUntilItEnds() throws Exception {
        JobTopics held = outputs(HALL, "hall.held");
        try (KafkaProducer<byte[], byte[]> other = transactionOn(held.depth())) {
            FrameAudit audit = audit(HALL, held, 4, 5);
            CompletableFuture<Integer> lift =
                    CompletableFuture.supplyAsync(
                            () -> command.run(lift(HALL, "hall.held", "--reason", "LATE")));
            awaitRecordsBehindTheTransaction(held.depth());
            StringWriter report = new StringWriter();

            assertThat(audit.report(new PrintWriter(report, true))).isOne();

            assertThat(report.toString())
                    .contains("0 frames have a result on hall.held")
                    .contains("2 have neither")
                    .contains("transaction that is open on hall.held or hall.held.rejected")
                    .contains("without an outcome: partition 0, offsets 4 to 5")
                    .doesNotContain("offsets have no frame");
            other.abortTransaction();
            assertThat(audit.awaitAndReport(NOWHERE)).isZero();
            assertThat(lift.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void liftsAllThatAreListedAndPutsRejectionsWhereItIsTold() throws Exception {
        broker.createOutputTopics(new JobTopics(HALL.frames(), "hall.mine", "hall.apart"), 1);

        assertThat(command.run(lift(HALL, "hall.mine", "--rejected-topic", "hall.apart")))
                .as(command.complaints())
                .isZero();

        assertThat(command.output())
                .contains("3 rejected frames of hall.frames are listed")
                .contains("0 frames have a result on hall.mine, 3 a rejection on hall.apart")
                .containsPattern("(?m)^ +1  UNREADABLE_IMAGE +camera-0$");
    }

    @Test
    void liftsWhatRetentionHasLeft() throws Exception {
        JobTopics left = outputs(YARD, "yard.left");

        assertThat(command.run(lift(YARD, "yard.left"))).isZero();

        assertThat(command.output())
                .contains("3 rejected frames of yard.frames are listed")
                .contains("1 of them are no longer on the topic")
                .contains(
                        "2 frames have a result on yard.left, 0 a rejection on yard.left.rejected");
        assertThat(sequencesOn(left)).containsExactly(10L, 11L);
    }

    @Test
    void startsNothingWhereNoListedFrameIsLeft() throws Exception {
        outputs(YARD, "yard.none");

        assertThat(command.run(lift(YARD, "yard.none", "--reason", "UNREADABLE_IMAGE"))).isZero();

        assertThat(command.output())
                .contains("1 of them are no longer on the topic")
                .contains("0 frames to lift")
                .doesNotContain("Audit of");
    }

    /** As if the broker had removed frames after the job had listed them. */
    @Test
    void anAuditTellsRemovedFramesFromHiddenOnes() throws Exception {
        FrameAudit audit = audit(YARD, outputs(YARD, "yard.audited"), 3, 4);
        StringWriter report = new StringWriter();

        assertThat(audit.report(new PrintWriter(report, true))).isOne();

        assertThat(report.toString())
                .contains("1 have neither")
                .contains("1 offsets have no frame")
                .contains("without an outcome: partition 0, offsets 4 to 4");
        assertThat(audit.withoutFrame()).isOne();
    }

    private static void record(JobTopics topics) {
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 1_600_000_000_000_000_000L, 100_000_000);
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int sequence : SEQUENCES) {
                publisher.publish(
                        RenderedFleet.cameraId(0),
                        sequence == 41 ? noPicture(fleet, 41) : fleet.message(0, sequence));
            }
        }
    }

    private static byte[] noPicture(RenderedFleet fleet, int sequence) {
        return FrameEncoder.encode(
                RenderedFleet.cameraId(0),
                fleet.captureTimeNanos(sequence),
                sequence,
                "no picture".getBytes(StandardCharsets.UTF_8),
                null);
    }

    private static JobTopics outputs(JobTopics recorded, String name) throws Exception {
        JobTopics topics = new JobTopics(recorded.frames(), name, name + ".rejected");
        broker.createOutputTopics(topics, 2);
        return topics;
    }

    private static List<Long> sequencesOn(JobTopics topics) throws Exception {
        try (JobOutcomes outcomes = new JobOutcomes(broker, topics)) {
            outcomes.readToEnd(QUIET);
            List<Long> sequences = new ArrayList<>();
            for (ResultRecord result : outcomes.results()) {
                sequences.add(result.read().sequence());
            }
            return sequences;
        }
    }

    private static Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** One record of the transaction is on each of the two partitions already. */
    private static void awaitRecordsBehindTheTransaction(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> ends =
                Map.of(
                        new TopicPartition(topic, 0), OffsetSpec.latest(),
                        new TopicPartition(topic, 1), OffsetSpec.latest());
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (Admin admin = admin()) {
            while (admin.listOffsets(ends).all().get().values().stream()
                            .mapToLong(ListOffsetsResultInfo::offset)
                            .sum()
                    < 4) {
                assertThat(System.nanoTime()).as("nothing was lifted").isLessThan(deadline);
                Thread.sleep(100);
            }
        }
    }

    /** Of a job that was stopped while it wrote: open on both partitions. */
    private static KafkaProducer<byte[], byte[]> transactionOn(String topic) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "other");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        for (int partition = 0; partition < 2; partition++) {
            producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1})).get();
        }
        return producer;
    }

    private static FrameAudit audit(JobTopics recorded, JobTopics topics, long... offsets) {
        List<String> words =
                List.of(
                        "--topics.depth", topics.depth(),
                        "--topics.rejected", topics.rejected());
        List<Provenance> frames =
                Arrays.stream(offsets)
                        .mapToObj(offset -> new Provenance(topics.frames(), 0, offset, 0))
                        .toList();
        return FrameAudit.fromNowOn(
                JobSettingsReader.read(ConfigurationLoader.load(configuration(recorded), words)),
                ListedFrames.of(topics.frames(), frames));
    }

    private static String[] rejected(JobTopics recorded, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "rejected",
                                configuration(recorded).toString(),
                                "--topic",
                                recorded.rejected()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static String[] lift(JobTopics recorded, String outputTopic, String... more) {
        List<String> words = new ArrayList<>(List.of("--lift", "--output-topic", outputTopic));
        words.addAll(List.of(more));
        return rejected(recorded, words.toArray(String[]::new));
    }

    /** Of the live job whose frames they are. */
    private static Path configuration(JobTopics topics) {
        String name = topics.frames().replace(".frames", "");
        try {
            return Files.writeString(
                    folder.resolve(name + ".yaml"),
                    String.join(
                            "\n",
                            "job: {name: " + name + ", mode: live}",
                            "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                            "topics: {frames: " + topics.frames() + ", depth: " + name + ".live}",
                            "sink: {restart-budget: 1 min}",
                            "flink:",
                            "  parallelism.default: 1",
                            "  execution.checkpointing.timeout: 1 min",
                            "  execution.checkpointing.dir: "
                                    + folder.resolve("checkpoints").toUri()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
