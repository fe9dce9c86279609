package io.liftstream.files.draco;

import java.nio.ByteBuffer;

/**
 * Writes symbols with a range variant of asymmetric numeral systems (J. Duda, arXiv:1311.2540), as
 * Draco has it: the last symbol first, one state of at most 30 bits, one byte at a time. Keeps
 * scratch memory; not thread safe.
 */
final class RansEncoder {
    /** The state lies above this many times the whole of the parts, and below 256 times that. */
    static final int LEAST_STATE_PER_PART = 4;

    private static final int LIMIT_BITS = 2 + Byte.SIZE;
    private static final int RECIPROCAL_BITS = 62;
    private static final int TO_HIGH_WORD = Long.SIZE - RECIPROCAL_BITS;

    private static final int TAG_BITS = 2;

    private final int[] parts = new int[SymbolTable.MAX_SYMBOLS];
    private final int[] before = new int[SymbolTable.MAX_SYMBOLS];
    private final long[] reciprocals = new long[SymbolTable.MAX_SYMBOLS];

    /**
     * Writes symbols and, before them, the number of their bytes.
     *
     * @param symbols each less than the table's, and occurring
     * @param count of symbols, at least 1
     * @param table fitted to them
     * @param target with room for {@link SymbolTable#boundBytes}
     */
    void write(char[] symbols, int count, SymbolTable table, ByteBuffer target) {
        prepare(table);
        int start = target.position();
        int data = start + Varint.MAX_BYTES;
        int end = write(symbols, count, table.precisionBits(), target.array(), data);
        Varint.put(target, end - data);
        System.arraycopy(target.array(), data, target.array(), target.position(), end - data);
        target.position(target.position() + end - data);
    }

    private void prepare(SymbolTable table) {
        for (int symbol = 0; symbol < table.symbols(); symbol++) {
            parts[symbol] = table.parts(symbol);
            before[symbol] = table.before(symbol);
            if (parts[symbol] > 0) {
                reciprocals[symbol] = (1L << RECIPROCAL_BITS) / parts[symbol] + 1;
            }
        }
    }

    private int write(char[] symbols, int count, int precisionBits, byte[] target, int start) {
        int whole = 1 << precisionBits;
        int state = whole * LEAST_STATE_PER_PART;
        int at = start;
        for (int i = count - 1; i >= 0; i--) {
            int symbol = symbols[i];
            int share = parts[symbol];
            int limit = share << LIMIT_BITS;
            while (state >= limit) {
                target[at++] = (byte) state;
                state >>>= Byte.SIZE;
            }
            // state / share: a division would take most of the time. Exact, as state < 2^30.
            int quotient =
                    (int) Math.multiplyHigh((long) state << TO_HIGH_WORD, reciprocals[symbol]);
            state += quotient * (whole - share) + before[symbol];
        }
        return writeState(state - whole * LEAST_STATE_PER_PART, target, at);
    }

    /** The highest two bits of the last byte say how many precede it. */
    private static int writeState(int state, byte[] target, int start) {
        int more = 0;
        while (state >= 1 << (Byte.SIZE * (more + 1) - TAG_BITS)) {
            more++;
        }
        int tagged = state | (more << (Byte.SIZE * (more + 1) - TAG_BITS));
        int at = start;
        for (int i = 0; i <= more; i++) {
            target[at++] = (byte) (tagged >>> (Byte.SIZE * i));
        }
        return at;
    }
}
