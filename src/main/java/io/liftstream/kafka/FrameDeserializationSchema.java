package io.liftstream.kafka;

import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.wire.FrameDecoder;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * One frame or one rejection of each record that is wanted; never throws, so that no record stops
 * the job. Offsets that bring no record are counted.
 */
final class FrameDeserializationSchema implements KafkaRecordDeserializationSchema<ReceivedFrame> {
    private static final long serialVersionUID = 1L;

    private final ListedFrames wanted;
    private final OffsetGaps gaps;

    private transient SkippedOffsets skipped;

    /**
     * @param wanted the records that count; null for all
     * @param gaps told of every record, wanted or not
     */
    FrameDeserializationSchema(ListedFrames wanted, OffsetGaps gaps) {
        this.wanted = wanted;
        this.gaps = gaps;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        skipped = new SkippedOffsets(context.getMetricGroup());
    }

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<ReceivedFrame> collector) {
        long passed = gaps.passed(record.partition(), record.offset());
        if (passed != 0) {
            skipped.add(record.topic(), record.partition(), record.offset(), passed);
        }
        if (wanted != null && !wanted.contains(record.partition(), record.offset())) {
            return;
        }
        Provenance provenance =
                new Provenance(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.timestampType() == TimestampType.LOG_APPEND_TIME);
        collector.collect(FrameDecoder.decode(record.key(), record.value(), provenance));
    }

    @Override
    public TypeInformation<ReceivedFrame> getProducedType() {
        return TypeInformation.of(ReceivedFrame.class);
    }
}
