package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.frame.Provenance;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.wire.FrameDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the images of a recording were taken, where nothing but the command says so. */
class PublishTimeITCase {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Test
    void aRecordingBeginsWhenTheBrokersHaveAnswered(@TempDir Path folder) throws Exception {
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 0, 1);
        for (int i = 0; i < 3; i++) {
            Files.write(folder.resolve(i + ".jpg"), fleet.jpeg(0, i));
        }
        JobTopics topics = JobTopics.named("now");
        TypedCommand command = new TypedCommand();
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 1);
            int code =
                    command.run(
                            "publish",
                            folder.toString(),
                            "--camera",
                            "hall-1",
                            "--bootstrap-servers",
                            broker.bootstrapServers(),
                            "--topic",
                            topics.frames(),
                            "--fps",
                            "20",
                            "--kafka.properties.interceptor.classes",
                            Sent.class.getName());
            assertThat(code).as(command.complaints()).isZero();
        }
        assertThat(Sent.CAPTURED).hasSize(3);
        assertThat(Sent.CAPTURED.get(0)).isGreaterThanOrEqualTo(Sent.answered);
        assertThat(Sent.CAPTURED.get(2) - Sent.CAPTURED.get(0)).isEqualTo(NANOS_PER_SECOND / 10);
    }

    /** Looks at what a producer sends. */
    public static final class Sent
            implements ProducerInterceptor<byte[], byte[]>, ClusterResourceListener {
        private static final List<Long> CAPTURED = new ArrayList<>();
        private static volatile long answered = Long.MAX_VALUE;

        @Override
        public void onUpdate(ClusterResource cluster) {
            if (answered == Long.MAX_VALUE) {
                Instant now = Instant.now();
                answered = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
            }
        }

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> frame) {
            Provenance place = new Provenance(frame.topic(), 0, CAPTURED.size(), 0);
            CAPTURED.add(
                    FrameDecoder.decode(frame.key(), frame.value(), place)
                            .frame()
                            .captureTimeNanos());
            return frame;
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
            // The command's exit code tells.
        }

        @Override
        public void configure(Map<String, ?> configuration) {
            // Nothing to choose.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
