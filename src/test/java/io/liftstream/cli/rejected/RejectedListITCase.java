package io.liftstream.cli.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.Launcher;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.wire.RejectionCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code liftstream rejected} says of rejections that were written by hand. */
class RejectedListITCase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NO_KEY = null;
    private static final long START_NANOS = 1_600_000_000_000_000_000L;

    private static EmbeddedBroker broker;

    private final StringWriter complaints = new StringWriter();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void whatRetentionRemovesWhileItIsReadIsSaidAndTheRestIsListed() throws Exception {
        JobTopics topics = topics("overtaken");
        for (int frame = 0; frame < 12; frame++) {
            write(topics, rejection(topics, frame, new long[0]));
        }
        // The client has fetched one or two records by then, each in a batch of its own.
        Lines lines = new Lines(() -> broker.removeBefore(topics.rejected(), 8));

        int exitCode =
                run(lines, topics, "--list", "--kafka.properties.max.partition.fetch.bytes=1");

        assertThat(exitCode).as(complaints.toString()).isEqualTo(1);
        assertThat(lines.all())
                .anySatisfy(line -> assertThat(line).contains("overtaken.frames/0/8 "))
                .anySatisfy(line -> assertThat(line).contains("overtaken.frames/0/11 "))
                .noneSatisfy(line -> assertThat(line).contains("overtaken.frames/0/7 "));
        assertThat(complaints.toString())
                .contains("overtaken.rejected/0: retention removed offsets ")
                .contains(" to 7 before they were read");
    }

    @Test
    void framesThatWereShedTogetherAreListedEachAndOnce() throws Exception {
        JobTopics topics = topics("shed");
        write(topics, rejection(topics, 3, new long[] {5, 9}));
        // A recovery tells of them again, with one more.
        write(topics, rejection(topics, 3, new long[] {5, 9, 10}));
        Lines table = new Lines(() -> {});
        Lines objects = new Lines(() -> {});
        Lines counts = new Lines(() -> {});

        assertThat(run(counts, topics)).isZero();
        assertThat(run(table, topics, "--list")).isZero();
        assertThat(run(objects, topics, "--list", "--json")).isZero();

        assertThat(counts.all()).last().asString().contains("4  in all");
        assertThat(table.all())
                .hasSize(1 + 4)
                .satisfiesOnlyOnce(line -> assertThat(line).containsPattern(" 3 +shed.frames/0/3 "))
                .satisfiesOnlyOnce(line -> assertThat(line).containsPattern(" - +shed.frames/0/5 "))
                .satisfiesOnlyOnce(line -> assertThat(line).containsPattern(" - +shed.frames/0/9 "))
                .satisfiesOnlyOnce(
                        line -> assertThat(line).containsPattern(" - +shed.frames/0/10 "));
        assertThat(objects.all()).hasSize(4);
        JsonNode first = JSON.readTree(objects.all().get(0));
        assertThat(first.path("offset").asLong()).isEqualTo(3);
        assertThat(first.path("sequence").asLong()).isEqualTo(3);
        assertThat(first.path("capture_time").asText()).startsWith("2020-");
        JsonNode second = JSON.readTree(objects.all().get(1));
        assertThat(second.path("offset").asLong()).isEqualTo(5);
        assertThat(second.path("reason").asText()).isEqualTo("SHED");
        assertThat(second.path("camera").asText()).isEqualTo("yard-1");
        assertThat(second.path("sequence").isNull()).isTrue();
        assertThat(second.path("capture_time").isNull()).isTrue();
        assertThat(second.path("original_length").isNull()).isTrue();
    }

    private int run(Lines lines, JobTopics topics, String... words) {
        List<String> typed =
                new ArrayList<>(
                        List.of(
                                "rejected",
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topic",
                                topics.rejected()));
        typed.addAll(List.of(words));
        CommandLine command = Launcher.commandLine();
        command.setOut(new PrintWriter(lines, true));
        command.setErr(new PrintWriter(complaints, true));
        return command.execute(typed.toArray(String[]::new));
    }

    private static FrameRejection rejection(JobTopics topics, long offset, long[] further) {
        return new FrameRejection(
                RejectionReason.SHED,
                "estimate",
                "too old",
                new Provenance(topics.frames(), 0, offset, 0),
                "yard-1",
                START_NANOS + offset,
                offset,
                null,
                0,
                further);
    }

    private static JobTopics topics(String name) throws Exception {
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, 1);
        return topics;
    }

    private static void write(JobTopics topics, FrameRejection rejection) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            RecordHeader type =
                    new RecordHeader(
                            EventHeaders.TYPE,
                            EventHeaders.REJECTION.getBytes(StandardCharsets.UTF_8));
            producer.send(
                            new ProducerRecord<>(
                                    topics.rejected(),
                                    0,
                                    NO_KEY,
                                    RejectionCodec.encode(rejection),
                                    List.of(type)))
                    .get();
        }
    }

    /** Something that happens while a command runs. */
    private interface Event {
        void happen() throws Exception;
    }

    /** What a command prints; an event happens at its first words. */
    private static final class Lines extends StringWriter {
        private Event first;

        Lines(Event first) {
            this.first = first;
        }

        @Override
        public void write(String text, int begin, int length) {
            super.write(text, begin, length);
            Event now = first;
            first = () -> {};
            try {
                now.happen();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        List<String> all() {
            return toString().lines().toList();
        }
    }
}
