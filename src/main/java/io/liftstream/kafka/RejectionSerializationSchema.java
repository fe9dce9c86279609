package io.liftstream.kafka;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.wire.RejectionCodec;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Rejections as records keyed by camera where it is known; named by where the frame was read. */
final class RejectionSerializationSchema
        implements KafkaRecordSerializationSchema<FrameRejection>, OneTopic {
    private static final long serialVersionUID = 1L;

    private final String topic;

    RejectionSerializationSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            FrameRejection rejection, KafkaSinkContext context, Long eventTime) {
        String camera = rejection.cameraId();
        Headers headers =
                EventHeaders.of(
                        EventHeaders.REJECTION,
                        id(rejection),
                        camera,
                        rejection.captureTimeNanos());
        if (rejection.frameCount() > 1) {
            EventHeaders.add(
                    headers, EventHeaders.FRAMES, Integer.toString(rejection.frameCount()));
        }
        return new ProducerRecord<>(
                topic,
                null,
                null,
                camera == null ? null : camera.getBytes(StandardCharsets.UTF_8),
                RejectionCodec.encode(rejection),
                headers);
    }

    /**
     * Which frames a sum is of depends on the load, so that after a recovery another sum may begin
     * with the same frame: its id must be another.
     */
    private static String id(FrameRejection rejection) {
        Provenance first = rejection.provenance();
        String place = first.topic() + "/" + first.partition() + "/" + first.offset();
        if (rejection.frameCount() == 1) {
            return place;
        }
        String offsets =
                rejection.frames().stream()
                        .map(frame -> Long.toString(frame.offset()))
                        .collect(Collectors.joining(","));
        return place + "/" + UUID.nameUUIDFromBytes(offsets.getBytes(StandardCharsets.US_ASCII));
    }
}
