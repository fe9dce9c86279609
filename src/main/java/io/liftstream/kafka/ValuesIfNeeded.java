package io.liftstream.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** Values of output records whose headers do not name all their frames, and null for the others. */
final class ValuesIfNeeded implements Deserializer<byte[]> {

    @Override
    public byte[] deserialize(String topic, byte[] data) {
        return data;
    }

    /** The buffer is the client's own, of the whole batch. */
    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
        if (data == null || !OutcomeFrames.needValue(headers)) {
            return null;
        }
        byte[] value = new byte[data.remaining()];
        data.get(value);
        return value;
    }
}
