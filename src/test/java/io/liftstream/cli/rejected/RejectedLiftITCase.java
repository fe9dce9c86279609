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
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
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
    private static final JobTopics TOPICS =
            new JobTopics("hall.frames", "hall.again", "hall.again.rejected");

    /** In a frame's place on the one partition: offset 3 and 4 are late, offset 5 is no picture. */
    private static final int[] SEQUENCES = {0, 20, 40, 10, 11, 41, 60};

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
    void exactlyTheListedFramesAreLiftedAgainWhileTheTopicHasThem() throws Exception {
        broker.createTopics(TOPICS, 1);
        record();
        Path live = liveConfiguration();
        assertThat(command.run("replay", live.toString(), "--output-topic", "hall.again")).isZero();

        filtersWhatIsListed(live);
        refusesTopicsThatAreNotItsOwn(live);
        liftsTheLateOnes(live);
        saysThatAnOpenTransactionHidesThem(live);
        liftsWhatIsLeft(live);
        putsRejectionsWhereItIsTold(live);
        tellsRemovedFramesFromHiddenOnes(live);
        findsNothingLeft(live);
    }

    private void filtersWhatIsListed(Path live) {
        assertThat(command.run(rejected(live))).isZero();
        assertThat(command.output())
                .containsPattern("(?m)^ +2  LATE +camera-0$")
                .containsPattern("(?m)^ +1  UNREADABLE_IMAGE +camera-0$");
        assertThat(command.run(rejected(live, "--reason", "LATE"))).isZero();
        assertThat(command.output()).doesNotContain("UNREADABLE").contains("2  in all");
        assertThat(command.run(rejected(live, "--camera", "camera-9", "--list"))).isZero();
        assertThat(command.output()).isEmpty();
    }

    private void refusesTopicsThatAreNotItsOwn(Path live) {
        assertThat(command.run(rejected(live, "--lift"))).isEqualTo(2);
        assertThat(command.complaints()).contains("--output-topic");
        assertThat(command.run(lift(live, "hall.live"))).isEqualTo(2);
        assertThat(command.complaints()).contains("must be a topic of the replay's own");
        assertThat(command.run(lift(live, "hall.again"))).isEqualTo(2);
        assertThat(command.complaints())
                .contains("topic hall.again.rejected lists the frames that are lifted again");
        assertThat(command.run(lift(live, "x", "--rejected-topic", "hall.live"))).isEqualTo(2);
        assertThat(command.complaints()).contains("option --rejected-topic is hall.live");
        assertThat(command.run(lift(live, "nowhere"))).isEqualTo(2);
        assertThat(command.complaints())
                .contains("topic nowhere does not exist")
                .contains("topic nowhere.rejected does not exist");
        assertThat(command.run(lift(live, "nowhere", "--list"))).isEqualTo(2);
        assertThat(command.complaints()).contains("neither --list nor --json");
    }

    private void liftsTheLateOnes(Path live) throws Exception {
        JobTopics late = outputs("hall.late");
        assertThat(command.run(lift(live, "hall.late", "--reason", "LATE", "--dry-run"))).isZero();
        assertThat(command.output())
                .contains("2 rejected frames of hall.frames are listed")
                .contains("0 of them are no longer on the topic")
                .containsPattern("(?m)^0 +3 +4 +2$")
                .contains("2 frames to lift; results go to hall.late, rejections to")
                .contains("nothing was started");
        assertThat(sequencesOn(late)).isEmpty();

        assertThat(command.run(lift(live, "hall.late", "--reason", "LATE"))).isZero();

        assertThat(command.output())
                .contains("2 frames have a result on hall.late, 0 a rejection on")
                .contains("0 have neither, 0 more than one outcome");
        assertThat(sequencesOn(late)).containsExactly(10L, 11L);
    }

    private void saysThatAnOpenTransactionHidesThem(Path live) throws Exception {
        JobTopics held = outputs("hall.held");
        try (KafkaProducer<byte[], byte[]> other = transactionOn(held.depth())) {
            FrameAudit audit = audit(live, held, 3, 4);

            assertThat(command.run(lift(live, "hall.held", "--reason", "LATE"))).isOne();

            assertThat(command.output())
                    .contains("0 frames have a result on hall.held")
                    .contains("2 have neither")
                    .contains("transaction that is open on hall.held or hall.held.rejected")
                    .contains("without an outcome: partition 0, offsets 3 to 4")
                    .doesNotContain("offsets have no frame");
            other.abortTransaction();
            assertThat(audit.awaitAndReport(NOWHERE)).isZero();
        }
    }

    private void liftsWhatIsLeft(Path live) throws Exception {
        JobTopics left = outputs("hall.left");
        deleteFramesBefore(4);
        assertThat(command.run(lift(live, "hall.left", "--topics.frames", "x.frames")))
                .isEqualTo(2);
        assertThat(command.complaints()).contains("topic x.frames does not exist");

        assertThat(command.run(lift(live, "hall.left"))).isZero();

        assertThat(command.output())
                .contains("3 rejected frames of hall.frames are listed")
                .contains("1 of them are no longer on the topic")
                .contains(
                        "1 frames have a result on hall.left, 1 a rejection on hall.left.rejected")
                .containsPattern("(?m)^ +1  UNREADABLE_IMAGE +camera-0$");
        assertThat(sequencesOn(left)).containsExactly(11L);
    }

    private void putsRejectionsWhereItIsTold(Path live) throws Exception {
        broker.createOutputTopics(new JobTopics(TOPICS.frames(), "hall.mine", "hall.apart"), 1);
        String[] words = {
            "rejected",
            live.toString(),
            "--topics.rejected",
            TOPICS.rejected(),
            "--lift",
            "--output-topic",
            "hall.mine",
            "--rejected-topic",
            "hall.apart"
        };

        assertThat(command.run(words)).as(command.complaints()).isZero();

        assertThat(command.output())
                .contains("1 frames have a result on hall.mine, 1 a rejection on hall.apart");
    }

    /** As if the broker had removed frames after the job had listed them. */
    private void tellsRemovedFramesFromHiddenOnes(Path live) throws Exception {
        FrameAudit audit = audit(live, outputs("hall.none"), 3, 4);
        StringWriter report = new StringWriter();

        assertThat(audit.report(new PrintWriter(report, true))).isOne();

        assertThat(report.toString())
                .contains("1 have neither")
                .contains("1 offsets have no frame")
                .contains("without an outcome: partition 0, offsets 4 to 4");
        assertThat(audit.withoutFrame()).isOne();
    }

    private void findsNothingLeft(Path live) throws Exception {
        deleteFramesBefore(SEQUENCES.length);
        assertThat(command.run(lift(live, "hall.left"))).isZero();
        assertThat(command.output())
                .contains("3 of them are no longer on the topic")
                .contains("0 frames to lift")
                .doesNotContain("Audit of");
    }

    private void record() {
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 1_600_000_000_000_000_000L, 100_000_000);
        try (FramePublisher publisher = new FramePublisher(broker, TOPICS.frames())) {
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

    private JobTopics outputs(String name) throws Exception {
        JobTopics topics = new JobTopics(TOPICS.frames(), name, name + ".rejected");
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

    private static void deleteFramesBefore(long offset) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(TOPICS.frames(), 0),
                                    RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
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

    private static FrameAudit audit(Path live, JobTopics topics, long... offsets) {
        List<String> words =
                List.of(
                        "--topics.depth", topics.depth(),
                        "--topics.rejected", topics.rejected());
        List<Provenance> frames =
                Arrays.stream(offsets)
                        .mapToObj(offset -> new Provenance(topics.frames(), 0, offset, 0))
                        .toList();
        return FrameAudit.fromNowOn(
                JobSettingsReader.read(ConfigurationLoader.load(live, words)),
                ListedFrames.of(topics.frames(), frames));
    }

    private static String[] rejected(Path live, String... more) {
        List<String> words =
                new ArrayList<>(List.of("rejected", live.toString(), "--topic", TOPICS.rejected()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static String[] lift(Path live, String outputTopic, String... more) {
        List<String> words = new ArrayList<>(List.of("--lift", "--output-topic", outputTopic));
        words.addAll(List.of(more));
        return rejected(live, words.toArray(String[]::new));
    }

    private Path liveConfiguration() throws IOException {
        return Files.writeString(
                folder.resolve("live.yaml"),
                String.join(
                        "\n",
                        "job: {name: hall, mode: live}",
                        "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                        "topics: {frames: hall.frames, depth: hall.live}",
                        "sink: {restart-budget: 1 min}",
                        "flink:",
                        "  parallelism.default: 1",
                        "  execution.checkpointing.timeout: 1 min",
                        "  execution.checkpointing.dir: " + folder.resolve("checkpoints").toUri()));
    }
}
