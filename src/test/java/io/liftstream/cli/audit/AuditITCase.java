package io.liftstream.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.wire.RejectionCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code liftstream audit} says of outcomes that were written by hand. */
class AuditITCase {
    private static final byte[] NO_KEY = null;
    private static final byte[] UNREADABLE = {-1, -1, -1};

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
    void framesWithOneOutcomeEachPassByTheirHeadersAlone() throws Exception {
        JobTopics topics = topicsWithFrames("whole", 5);
        for (int offset = 0; offset < 4; offset++) {
            write(topics.depth(), UNREADABLE, frame(topics, offset));
        }
        write(topics.rejected(), UNREADABLE, frame(topics, 4));

        assertThat(audit(topics, "exactly-once")).as(command.complaints()).isZero();
        assertThat(command.output())
                .contains("4 frames have a result on whole.depth, 1 a rejection on whole.rejected")
                .contains("0 have neither, 0 more than one outcome");
    }

    @Test
    void anEmptyRangeIsSaidToJudgeNothing() throws Exception {
        assertThat(audit(topicsWithFrames("empty", 0), "exactly-once")).isZero();
        assertThat(command.output()).contains("no frame was judged");
    }

    @Test
    void framesWithoutAnOutcomeAreListed() throws Exception {
        JobTopics topics = topicsWithFrames("holes", 9);
        for (int offset : new int[] {0, 3, 4, 8}) {
            write(topics.depth(), UNREADABLE, frame(topics, offset));
        }

        assertThat(audit(topics, "exactly-once")).isEqualTo(1);
        assertThat(command.output())
                .contains("5 have neither")
                .contains("without an outcome: partition 0, offsets 1 to 2")
                .contains("without an outcome: partition 0, offsets 5 to 7");
    }

    @Test
    void aFrameWithTwoOutcomesFailsWhereTheJobWritesExactlyOnce() throws Exception {
        JobTopics topics = topicsWithFrames("twice", 2);
        write(topics.depth(), UNREADABLE, frame(topics, 0));
        write(topics.depth(), UNREADABLE, frame(topics, 1));
        write(topics.rejected(), UNREADABLE, frame(topics, 1));

        assertThat(audit(topics, "exactly-once")).isEqualTo(1);
        assertThat(command.output()).contains("with more than one: partition 0, offsets 1 to 1");
        assertThat(audit(topics, "at-least-once")).isZero();
        assertThat(command.output()).contains("a recovery repeats outcomes");
    }

    @Test
    void aSumOfShedFramesStandsForEachOfThem() throws Exception {
        JobTopics topics = topicsWithFrames("sums", 6);
        FrameRejection sum =
                new FrameRejection(
                        RejectionReason.SHED,
                        "estimate",
                        "too old",
                        new Provenance(topics.frames(), 0, 0, 0),
                        "camera",
                        null,
                        null,
                        null,
                        0,
                        new long[] {1, 2, 4});
        write(
                topics.rejected(),
                RejectionCodec.encode(sum),
                frame(topics, 0),
                header("ce_frames", "4"),
                header("ce_type", "liftstream.v1.RejectedFrame"));

        assertThat(audit(topics, "exactly-once")).isEqualTo(1);
        assertThat(command.output())
                .contains("0 frames have a result on sums.depth, 4 a rejection")
                .contains("partition 0, offsets 3 to 3")
                .contains("partition 0, offsets 5 to 5");
    }

    @Test
    void marksOfTransactionsAndAbortedRecordsAreNoFramesAndNoOutcomes() throws Exception {
        JobTopics topics = JobTopics.named("marks");
        broker.createTopics(topics, 1);
        transaction(topics.frames(), true);
        transaction(topics.frames(), false);
        write(topics.depth(), UNREADABLE, frame(topics, 0));
        transaction(topics.depth(), false, frame(topics, 0));

        assertThat(audit(topics, "exactly-once")).as(command.output()).isZero();
        assertThat(command.output()).contains("1 frames have a result").contains("0 have neither");
    }

    @Test
    void outcomesThatRetentionRemovedUnreadAreToldAndFailTheAudit() throws Exception {
        JobTopics topics = topicsWithFrames("removed", 3);
        Path configuration =
                Files.writeString(
                        folder.resolve("replay.yaml"),
                        String.join(
                                "\n",
                                "job: {name: removed, mode: replay}",
                                "kafka: {bootstrap-servers: '" + broker.bootstrapServers() + "'}",
                                "topics: {frames: removed.frames, depth: removed.depth, rejected:"
                                        + " removed.rejected}",
                                "source: {start: earliest, end: latest}"));
        FrameAudit audit =
                FrameAudit.fromNowOn(
                        JobSettingsReader.read(ConfigurationLoader.load(configuration, List.of())));
        for (int offset = 0; offset < 3; offset++) {
            write(topics.depth(), UNREADABLE, frame(topics, offset));
        }
        broker.removeBefore(topics.depth(), 2);
        StringWriter said = new StringWriter();

        assertThat(audit.report(new PrintWriter(said))).isEqualTo(1);
        assertThat(said.toString())
                .contains("2 offsets of removed.depth were removed by its retention")
                .contains("1 frames have a result");
    }

    private int audit(JobTopics topics, String guarantee) {
        return command.run(
                "audit",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--to",
                "latest",
                "--topics.frames=" + topics.frames(),
                "--topics.depth=" + topics.depth(),
                "--topics.rejected=" + topics.rejected(),
                "--sink.delivery-guarantee=" + guarantee);
    }

    private static JobTopics topicsWithFrames(String name, int count) throws Exception {
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, 1);
        try (FramePublisher publisher = new FramePublisher(broker, topics.frames())) {
            for (int i = 0; i < count; i++) {
                publisher.publish("camera", UNREADABLE);
            }
        }
        return topics;
    }

    private static Header frame(JobTopics topics, long offset) {
        return header("ce_id", topics.frames() + "/0/" + offset);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(String topic, byte[] value, Header... headers) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, 0, NO_KEY, value, List.of(headers))).get();
        }
    }

    private static void transaction(String topic, boolean committed, Header... headers)
            throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("transactional.id", "by-hand"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, NO_KEY, UNREADABLE, List.of(headers)))
                    .get();
            if (committed) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, String> further) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", broker.bootstrapServers());
        properties.putAll(further);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
