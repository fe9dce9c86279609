package io.liftstream.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;

/** Parses messages whose byte fields share the memory of what was parsed: they are megabytes. */
final class SharedBytes {
    private SharedBytes() {}

    /**
     * {@return the message}
     *
     * @param bytes nobody writes to them any more
     * @throws InvalidProtocolBufferException where they are no such message
     */
    static <T> T parse(Parser<T> parser, byte[] bytes) throws InvalidProtocolBufferException {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        T message = parser.parseFrom(input);
        input.checkLastTagWas(0);
        return message;
    }
}
