package io.liftstream.wire;

import static com.google.protobuf.CodedOutputStream.computeTagSize;
import static com.google.protobuf.CodedOutputStream.computeUInt64SizeNoTag;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * A message within the result message, one field of which holds nearly all of its bytes. These are
 * written straight to their place: protobuf's own classes would hold them in a message first and
 * copy them from there.
 *
 * @param number of the field in the result message
 * @param message the fields below that of the bytes
 * @param bytesNumber of the field of the bytes
 * @param length number of bytes
 * @param bytes writes the bytes
 * @param rest the fields above that of the bytes
 */
record BulkPart(
        int number,
        MessageLite message,
        int bytesNumber,
        long length,
        Bytes bytes,
        MessageLite rest)
        implements ResultPart {

    /** Bytes that are the last field. */
    BulkPart(int number, MessageLite message, int bytesNumber, long length, Bytes bytes) {
        this(number, message, bytesNumber, length, bytes, message.getDefaultInstanceForType());
    }

    /** Writes bytes whose number is known. */
    @FunctionalInterface
    interface Bytes {
        /** Writes them from an index on. */
        void write(byte[] target, int offset);
    }

    @Override
    public long size() {
        return computeTagSize(number) + computeUInt64SizeNoTag(messageSize()) + messageSize();
    }

    // An empty field is left out, as proto3 demands.
    private long messageSize() {
        long header =
                length == 0 ? 0 : computeTagSize(bytesNumber) + computeUInt64SizeNoTag(length);
        return message.getSerializedSize() + header + length + rest.getSerializedSize();
    }

    @Override
    public void write(byte[] target, int offset) throws IOException {
        int headerSize = Math.toIntExact(size() - length - rest.getSerializedSize());
        CodedOutputStream header = CodedOutputStream.newInstance(target, offset, headerSize);
        header.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        header.writeUInt64NoTag(messageSize());
        message.writeTo(header);
        if (length > 0) {
            header.writeTag(bytesNumber, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            header.writeUInt64NoTag(length);
        }
        header.checkNoSpaceLeft();
        bytes.write(target, offset + headerSize);
        rest.writeTo(
                CodedOutputStream.newInstance(
                        target,
                        offset + headerSize + Math.toIntExact(length),
                        rest.getSerializedSize()));
    }
}
