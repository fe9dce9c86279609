package io.liftstream.files.draco;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How likely each symbol is: a whole number of parts of a power of two, at least one for each
 * symbol that occurs. The larger part of what is left is shared by frequency, so that the sum is
 * right without being mended.
 */
final class SymbolTable {
    /** The largest number of symbols. */
    static final int MAX_SYMBOLS = 1 << DracoLayout.POSITION_BITS;

    private static final int MIN_PRECISION_BITS = 12;
    private static final int MAX_PRECISION_BITS = 20;

    /** Draco's limit for the number of bits that tells the precision. */
    private static final int MAX_BITS = 18;

    /** One more than are needed: the part that every symbol has costs less of the rest. */
    private static final int SPARE_BITS = 1;

    private static final int BITS_OF_FIRST_BYTE = 6;
    private static final int ZEROS = 3;
    private static final int MAX_ZEROS = 64;

    private final int[] parts = new int[MAX_SYMBOLS];
    private final int[] before = new int[MAX_SYMBOLS];
    private int symbols;
    private int bits;
    private long boundBits;

    /**
     * Fits the table to symbols.
     *
     * @param frequencies how often each occurs, {@link #MAX_SYMBOLS} of them
     * @param total their sum, above 0
     */
    void fit(int[] frequencies, int total) {
        int occurring = 0;
        for (int symbol = 0; symbol < MAX_SYMBOLS; symbol++) {
            if (frequencies[symbol] > 0) {
                occurring++;
                symbols = symbol + 1;
            }
        }
        bits = Math.min(MAX_BITS, bitLength(occurring) + SPARE_BITS);
        share(frequencies, total, (1 << precisionBits()) - occurring);
    }

    private void share(int[] frequencies, int total, int shared) {
        long seen = 0;
        int given = 0;
        boundBits = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            before[symbol] = given;
            int frequency = frequencies[symbol];
            if (frequency == 0) {
                parts[symbol] = 0;
                continue;
            }
            long from = seen * shared / total;
            seen += frequency;
            parts[symbol] = 1 + (int) (seen * shared / total - from);
            given += parts[symbol];
            boundBits += (long) frequency * (precisionBits() + 1 - bitLength(parts[symbol]));
        }
    }

    private static int bitLength(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value);
    }

    /** The number of bits of all parts together. */
    int precisionBits() {
        return Math.min(MAX_PRECISION_BITS, Math.max(MIN_PRECISION_BITS, 3 * bits / 2));
    }

    /** One more than the largest symbol that occurs. */
    int symbols() {
        return symbols;
    }

    /** The parts of a symbol, 0 for one that does not occur. */
    int parts(int symbol) {
        return parts[symbol];
    }

    /** The parts of all smaller symbols. */
    int before(int symbol) {
        return before[symbol];
    }

    /**
     * So many bytes hold this table and the symbols to which it was fitted, as rANS writes them.
     */
    long boundBytes(int total) {
        // A state grows by at most a quarter, a third of a bit, more than a symbol's share.
        return 1
                + Varint.MAX_BYTES
                + 3L * symbols
                + (boundBits + total / 2) / Byte.SIZE
                + 2 * Long.BYTES;
    }

    void write(ByteBuffer target) {
        target.put((byte) bits);
        Varint.put(target, symbols);
        for (int symbol = 0; symbol < symbols; ) {
            if (parts[symbol] > 0) {
                putParts(target, parts[symbol++]);
            } else {
                int zeros = zerosFrom(symbol);
                target.put((byte) (((zeros - 1) << 2) | ZEROS));
                symbol += zeros;
            }
        }
    }

    /** The lowest two bits say how many bytes follow. */
    private static void putParts(ByteBuffer target, int parts) {
        int more = (bitLength(parts) - BITS_OF_FIRST_BYTE + Byte.SIZE - 1) / Byte.SIZE;
        target.put((byte) ((parts << 2) | more));
        for (int i = 0; i < more; i++) {
            target.put((byte) (parts >>> (BITS_OF_FIRST_BYTE + Byte.SIZE * i)));
        }
    }

    private int zerosFrom(int symbol) {
        int zeros = 1;
        while (zeros < MAX_ZEROS && parts[symbol + zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    void read(ByteBuffer source) {
        bits = source.get();
        if (bits < 1 || bits > MAX_BITS) {
            throw DracoLayout.unreadable("bits of symbols", bits, "must be 1 to " + MAX_BITS);
        }
        symbols = Varint.get(source);
        if (symbols < 1 || symbols > MAX_SYMBOLS) {
            throw DracoLayout.unreadable("symbols", symbols, "must be 1 to " + MAX_SYMBOLS);
        }
        int whole = 1 << precisionBits();
        int given = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int first = source.get() & 0xff;
            if ((first & 3) == ZEROS) {
                int last = Math.min(symbols - 1, symbol + (first >>> 2));
                Arrays.fill(parts, symbol, last + 1, 0);
                symbol = last;
            } else {
                before[symbol] = given;
                parts[symbol] = parts(source, first);
                given = Math.min(given + parts[symbol], whole + 1);
            }
        }
        if (given != whole) {
            throw DracoLayout.unreadable("sum of the parts", given, "must be " + whole);
        }
    }

    private static int parts(ByteBuffer source, int first) {
        int parts = first >>> 2;
        for (int i = 0; i < (first & 3); i++) {
            parts |= (source.get() & 0xff) << (BITS_OF_FIRST_BYTE + Byte.SIZE * i);
        }
        return parts;
    }
}
