package io.liftstream.kafka;

import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.input.FrameRecord;
import io.liftstream.input.InputDecoder;
import io.liftstream.input.InputSettings;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/**
 * One frame or one rejection of each record that is wanted; never throws, so that no record stops
 * the job. Offsets that bring no record are counted.
 */
final class FrameDeserializationSchema implements KafkaRecordDeserializationSchema<ReceivedFrame> {
    private static final long serialVersionUID = 1L;

    private final InputSettings input;
    private final ListedFrames wanted;
    private final OffsetGaps gaps;

    private transient InputDecoder decoder;
    private transient SkippedOffsets skipped;

    /**
     * @param input how records become frames
     * @param wanted the records that count; null for all
     * @param gaps told of every record, wanted or not
     */
    FrameDeserializationSchema(InputSettings input, ListedFrames wanted, OffsetGaps gaps) {
        this.input = input;
        this.wanted = wanted;
        this.gaps = gaps;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new InputDecoder(input);
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
        collector.collect(
                decoder.decode(
                        new FrameRecord(
                                record.key(),
                                record.value(),
                                name -> header(record, name),
                                provenance)));
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    @Override
    public TypeInformation<ReceivedFrame> getProducedType() {
        return TypeInformation.of(ReceivedFrame.class);
    }
}
