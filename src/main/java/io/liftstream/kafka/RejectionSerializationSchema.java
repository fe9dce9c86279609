package io.liftstream.kafka;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.wire.RejectionCodec;
import java.nio.charset.StandardCharsets;
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
        Provenance read = rejection.provenance();
        String camera = rejection.cameraId();
        Headers headers =
                EventHeaders.of(
                        EventHeaders.REJECTION,
                        read.topic() + "/" + read.partition() + "/" + read.offset(),
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
}
