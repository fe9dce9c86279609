package io.liftstream.input;

import com.google.protobuf.CodedInputStream;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The framing of Confluent's serializers: a zero byte, the schema's id (big-endian int32), and
 * before protobuf the path of the message in its schema: a count and as many indexes, zigzag
 * varints, or a single 0 for the first message. Written out here, since their library brings a
 * registry's client along.
 */
final class ConfluentFraming {
    private static final int HEAD_BYTES = 5;
    private static final String FIELD = "value";

    private ConfluentFraming() {}

    /** Whether a value begins like a framed one. */
    static boolean isThere(byte[] value) {
        return value.length > HEAD_BYTES && value[0] == 0;
    }

    /** The id of the schema of a framed value. */
    static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value).getInt(1);
    }

    /**
     * The value without its framing.
     *
     * @param protobuf whether the path of a message follows the schema's id
     * @throws LiftingException MALFORMED where there is no framing, or where the message is not its
     *     schema's first
     */
    static byte[] removed(byte[] value, boolean protobuf) {
        if (!isThere(value)) {
            throw malformed(
                    "without Confluent framing", "send it framed, or set input.framing to none");
        }
        int begin = HEAD_BYTES + (protobuf ? pathBytes(value) : 0);
        return Arrays.copyOfRange(value, begin, value.length);
    }

    private static int pathBytes(byte[] value) {
        try {
            CodedInputStream path =
                    CodedInputStream.newInstance(value, HEAD_BYTES, value.length - HEAD_BYTES);
            int count = path.readSInt32();
            boolean first = count == 0 || (count == 1 && path.readSInt32() == 0);
            if (!first) {
                throw malformed(
                        "of schema id " + schemaId(value) + ", but not its first message",
                        "send messages of a schema whose first message they are");
            }
            return path.getTotalBytesRead();
        } catch (IOException e) {
            throw malformed(
                    "cut within its Confluent framing",
                    "send it whole, or set input.framing to none");
        }
    }

    private static LiftingException malformed(String value, String remedy) {
        return new LiftingException(RejectionReason.MALFORMED, FIELD, value, remedy);
    }
}
