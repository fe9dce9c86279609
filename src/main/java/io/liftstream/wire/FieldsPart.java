package io.liftstream.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;

/**
 * Some fields of a result message.
 *
 * @param fields a message in which only these are set
 */
record FieldsPart(MessageLite fields) implements ResultPart {

    @Override
    public long size() {
        return fields.getSerializedSize();
    }

    @Override
    public void write(byte[] target, int offset) throws IOException {
        fields.writeTo(CodedOutputStream.newInstance(target, offset, fields.getSerializedSize()));
    }
}
