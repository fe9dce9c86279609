package io.liftstream.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the bits of one restart interval of a JPEG's scan. Where the interval ends, at a marker or
 * with the file, zeros follow: whether any was taken is asked once for many bits.
 */
final class JpegBits {
    private static final int MARKER = 0xff;
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] file;
    private int position;
    private long buffer;
    private int buffered;
    private int borrowed;
    private boolean ended;

    /** The bits from this position of a file. */
    JpegBits(byte[] file, int position) {
        this.file = file;
        this.position = position;
    }

    /** A reader that goes on where this one is, and leaves it alone. */
    JpegBits copy() {
        JpegBits copy = new JpegBits(file, position);
        copy.buffer = buffer;
        copy.buffered = buffered;
        copy.borrowed = borrowed;
        copy.ended = ended;
        return copy;
    }

    /** The next 16 bits; at least as many more can be taken before the next call. */
    int peek16() {
        if (buffered < Integer.SIZE) {
            fill();
        }
        return (int) (buffer >>> (buffered - Short.SIZE)) & 0xffff;
    }

    /** Takes bits, at most 16 more than were peeked at. */
    void skip(int bits) {
        buffered -= bits;
    }

    /** Takes up to 16 bits as a number. */
    int take(int bits) {
        int value = peek16() >>> (Short.SIZE - bits);
        buffered -= bits;
        return value;
    }

    private void fill() {
        if (position + Integer.BYTES <= file.length) {
            int bytes = (int) INTS.get(file, position);
            if (!holdsMarker(bytes)) {
                buffer = buffer << Integer.SIZE | Integer.toUnsignedLong(bytes);
                buffered += Integer.SIZE;
                position += Integer.BYTES;
                return;
            }
        }
        while (buffered <= Long.SIZE - 2 * Byte.SIZE) {
            buffer = buffer << Byte.SIZE | nextByte();
            buffered += Byte.SIZE;
        }
    }

    /** Whether one of four bytes is 0xff: then it takes more than one look. */
    private static boolean holdsMarker(int bytes) {
        return ((~bytes - 0x01010101) & bytes & 0x80808080) != 0;
    }

    private int nextByte() {
        if (!ended && position < file.length) {
            int value = file[position] & 0xff;
            if (value != MARKER) {
                position++;
                return value;
            }
            return stuffedByte();
        }
        ended = true;
        borrowed += Byte.SIZE;
        return 0;
    }

    /** An 0xff of the data is followed by a zero; any number of fill bytes may stand before it. */
    private int stuffedByte() {
        int next = position + 1;
        while (next < file.length && (file[next] & 0xff) == MARKER) {
            next++;
        }
        if (next < file.length && file[next] == 0) {
            position = next + 1;
            return MARKER;
        }
        ended = true;
        borrowed += Byte.SIZE;
        return 0;
    }

    /** Whether bits were taken that are not there. */
    boolean overran() {
        return borrowed > buffered;
    }

    /** Whether at most the filling up of the last byte is left. */
    boolean atEnd() {
        peek16();
        return ended && buffered - borrowed < Byte.SIZE;
    }

    /** Whether the rest of a byte that was begun is ones, as a scan's end is filled up. */
    boolean byteFilledWithOnes() {
        int left = buffered - borrowed;
        int begun = left & Byte.SIZE - 1;
        long ones = (1L << begun) - 1;
        return (buffer >>> (buffered - begun) & ones) == ones;
    }

    /** Where the first byte stands of which no bit was taken. */
    int position() {
        int whole = Math.max(0, buffered - borrowed) / Byte.SIZE;
        int back = position;
        for (int i = 0; i < whole; i++) {
            boolean stuffed = back >= 2 && file[back - 1] == 0 && (file[back - 2] & 0xff) == MARKER;
            back -= stuffed ? 2 : 1;
        }
        return back;
    }
}
