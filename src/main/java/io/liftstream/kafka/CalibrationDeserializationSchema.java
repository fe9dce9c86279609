package io.liftstream.kafka;

import io.liftstream.frame.CalibrationRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every record of the calibration topic, as it is. */
final class CalibrationDeserializationSchema
        implements KafkaRecordDeserializationSchema<CalibrationRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<CalibrationRecord> collector) {
        collector.collect(CalibrationReader.recordOf(record));
    }

    @Override
    public TypeInformation<CalibrationRecord> getProducedType() {
        return TypeInformation.of(CalibrationRecord.class);
    }
}
