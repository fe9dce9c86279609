package io.liftstream.files.draco;

import java.nio.ByteBuffer;

/** Whole numbers of seven bits a byte, least first, as Draco has them. */
final class Varint {
    /** The largest number of bytes of one. */
    static final int MAX_BYTES = 5;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    static void put(ByteBuffer target, int value) {
        int rest = value;
        while (rest >= MORE) {
            target.put((byte) (rest | MORE));
            rest >>>= BITS;
        }
        target.put((byte) rest);
    }

    /** Reads one; of more than 31 bits the lower ones, which the caller finds too many or wrong. */
    static int get(ByteBuffer source) {
        int value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            int read = source.get();
            value |= (read & (MORE - 1)) << (BITS * i);
            if (read >= 0) {
                return value & Integer.MAX_VALUE;
            }
        }
        throw DracoLayout.unreadable("a number", "longer than 5 bytes", "must be shorter");
    }
}
