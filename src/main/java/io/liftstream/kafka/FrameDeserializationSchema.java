package io.liftstream.kafka;

import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.wire.FrameDecoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One frame or one rejection of each record that is wanted; never throws, so that no record stops
 * the job.
 */
final class FrameDeserializationSchema implements KafkaRecordDeserializationSchema<ReceivedFrame> {
    private static final long serialVersionUID = 1L;

    private final ListedFrames wanted;

    /**
     * @param wanted the records that count; null for all
     */
    FrameDeserializationSchema(ListedFrames wanted) {
        this.wanted = wanted;
    }

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<ReceivedFrame> collector) {
        if (wanted != null && !wanted.contains(record.partition(), record.offset())) {
            return;
        }
        Provenance provenance =
                new Provenance(
                        record.topic(), record.partition(), record.offset(), record.timestamp());
        collector.collect(FrameDecoder.decode(record.key(), record.value(), provenance));
    }

    @Override
    public TypeInformation<ReceivedFrame> getProducedType() {
        return TypeInformation.of(ReceivedFrame.class);
    }
}
