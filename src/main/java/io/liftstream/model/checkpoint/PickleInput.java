package io.liftstream.model.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a pickle. Every length that the pickle announces is held against what is left, so
 * nothing is allocated that the file does not have.
 */
final class PickleInput {
    private static final int MAX_LINE_LENGTH = 1024;

    private final InputStream in;
    private long remaining;

    /**
     * @param in positioned at the pickle; read byte by byte, so it should be buffered
     * @param remaining bytes that may be read
     */
    PickleInput(InputStream in, long remaining) {
        this.in = in;
        this.remaining = remaining;
    }

    /** Bytes not read yet. */
    long remaining() {
        return remaining;
    }

    int unsignedByte() throws IOException {
        int value = in.read();
        if (value < 0 || remaining == 0) {
            throw new EOFException("the pickle ends without STOP");
        }
        remaining--;
        return value;
    }

    int unsignedShort() throws IOException {
        return unsignedByte() | unsignedByte() << 8;
    }

    int signedInt() throws IOException {
        return unsignedShort() | unsignedShort() << 16;
    }

    long unsignedInt() throws IOException {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() throws IOException {
        return unsignedInt() | (long) signedInt() << 32;
    }

    double bigEndianDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    byte[] bytes(long length) throws IOException {
        if (length < 0 || length > remaining) {
            throw Refusal.of(
                    "length of a value in the pickle",
                    Long.toUnsignedString(length),
                    "only " + remaining + " bytes are left");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the pickle ends inside a value");
        }
        remaining -= length;
        return bytes;
    }

    String text(long length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** The text up to the next line feed, which is dropped. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
            if (line.length() == MAX_LINE_LENGTH) {
                throw Refusal.of("line in the pickle", "too long", "at most " + MAX_LINE_LENGTH);
            }
            line.append((char) next);
        }
        return line.toString();
    }
}
