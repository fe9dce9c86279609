package io.liftstream.image;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.util.Arrays;

/**
 * Reads numbers out of an encoded image. Every read is checked, so a file that ends early is
 * refused and never over-read.
 */
final class EncodedBytes {
    private final byte[] bytes;

    EncodedBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    /** The bytes themselves; nobody writes to them. */
    byte[] array() {
        return bytes;
    }

    /** A copy of some of the bytes. */
    byte[] copy(long offset, int length) {
        require(offset, length);
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }

    int u8(long offset) {
        require(offset, 1);
        return bytes[(int) offset] & 0xff;
    }

    int u16BigEndian(long offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    int u16LittleEndian(long offset) {
        return u8(offset) | u8(offset + 1) << 8;
    }

    long u32BigEndian(long offset) {
        return (long) u16BigEndian(offset) << 16 | u16BigEndian(offset + 2);
    }

    long u32LittleEndian(long offset) {
        return u16LittleEndian(offset) | (long) u16LittleEndian(offset + 2) << 16;
    }

    /** Whether these ASCII characters stand at an offset; false where the file is too short. */
    boolean hasAscii(long offset, String text) {
        if (offset < 0 || offset + text.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (u8(offset + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a file that does not reach to {@code offset + length}. */
    void require(long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > bytes.length) {
            throw unreadable("it ends early; the file is truncated or damaged");
        }
    }

    LiftingException unreadable(String remedy) {
        return unreadable(remedy, null);
    }

    LiftingException unreadable(String remedy, Exception cause) {
        return new LiftingException(
                RejectionReason.UNREADABLE_IMAGE,
                "image_input",
                bytes.length + " bytes",
                remedy,
                cause);
    }
}
