package io.liftstream.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.ResultDecoder;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A record of the depth topic.
 *
 * @param key its key as text
 * @param headers its headers as text
 * @param brokerTimeMillis its Kafka timestamp
 * @param value its value as it was on the topic
 */
public record ResultRecord(
        String key, Map<String, String> headers, long brokerTimeMillis, byte[] value) {

    /** Reads what the value says, anew each time: tests keep many results, and those are large. */
    public ReadResult read() {
        try {
            return ResultDecoder.decode(value);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
