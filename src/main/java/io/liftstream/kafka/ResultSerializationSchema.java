package io.liftstream.kafka;

import io.liftstream.wire.EncodedResult;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Results as records keyed by camera, with CloudEvents headers; the record's time is the sending.
 */
final class ResultSerializationSchema
        implements KafkaRecordSerializationSchema<EncodedResult>, OneTopic {
    private static final long serialVersionUID = 1L;

    private final String topic;

    ResultSerializationSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            EncodedResult result, KafkaSinkContext context, Long eventTime) {
        return new ProducerRecord<>(
                topic,
                null,
                null, // Event time here would let retention delete a replayed recording at once.
                result.cameraId().getBytes(StandardCharsets.UTF_8),
                result.value(),
                EventHeaders.of(
                        EventHeaders.RESULT,
                        result.id(),
                        result.cameraId(),
                        result.captureTimeNanos()));
    }
}
