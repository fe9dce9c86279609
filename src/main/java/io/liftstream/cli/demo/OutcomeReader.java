package io.liftstream.cli.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.FrameRejection;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.RejectionCodec;
import io.liftstream.wire.ResultDecoder;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the depth and the rejected topic from their beginning. Not thread-safe. */
final class OutcomeReader implements AutoCloseable {

    /** Takes what was read. */
    interface Receiver {
        /** A result, and the wall clock when the job sent it, milliseconds. */
        void result(ReadResult result, long sentMillis);

        /** A rejection. */
        void rejection(FrameRejection rejection);
    }

    private final TopicReader reader;
    private final DemoTopics topics;

    OutcomeReader(KafkaSettings kafka, DemoTopics topics) {
        reader = new TopicReader(kafka, List.of(topics.depth(), topics.rejected()));
        reader.seekToBeginning();
        this.topics = topics;
    }

    /** Hands over what comes within the time given. */
    void poll(Duration wait, Receiver receiver) throws InvalidProtocolBufferException {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(wait)) {
            if (record.topic().equals(topics.depth())) {
                receiver.result(ResultDecoder.decode(record.value()), record.timestamp());
            } else {
                receiver.rejection(RejectionCodec.decode(record.value()));
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
