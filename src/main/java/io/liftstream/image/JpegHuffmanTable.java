package io.liftstream.image;

import java.util.Arrays;

/**
 * A Huffman table of a JPEG (ITU-T T.81, annexes C and F). Looked up with the next 16 bits of a
 * scan, it gives the code's length and symbol in one number.
 */
final class JpegHuffmanTable {
    /** No code begins with these bits. */
    static final int NO_CODE = -1;

    private static final int LONGEST_CODE = 16;
    private static final int LOOKUP_BITS = 9;
    private static final int LENGTH_SHIFT = 8;

    private final int[] lookup = new int[1 << LOOKUP_BITS];

    /** By length: one more than the last code of it, shifted up to 16 bits. */
    private final int[] codeEnds = new int[LONGEST_CODE + 1];

    /** By length: what to add to a code to find its symbol. */
    private final int[] symbolOffsets = new int[LONGEST_CODE + 1];

    private final byte[] symbols;

    private JpegHuffmanTable(byte[] symbols) {
        this.symbols = symbols;
    }

    /**
     * Makes a table.
     *
     * @param counts 16 numbers of codes, by length from 1
     * @param symbols of the codes in order
     * @return null where there are more codes than such lengths allow
     */
    static JpegHuffmanTable of(int[] counts, byte[] symbols) {
        JpegHuffmanTable table = new JpegHuffmanTable(symbols);
        Arrays.fill(table.lookup, NO_CODE);
        int code = 0;
        int symbol = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            int count = counts[length - 1];
            table.symbolOffsets[length] = symbol - code;
            if (length <= LOOKUP_BITS) {
                table.fillLookup(code, count, length, symbol);
            }
            code += count;
            symbol += count;
            if (code > 1 << length) {
                return null;
            }
            table.codeEnds[length] = code << (LONGEST_CODE - length);
            code <<= 1;
        }
        return table;
    }

    private void fillLookup(int firstCode, int count, int length, int firstSymbol) {
        int span = 1 << (LOOKUP_BITS - length);
        for (int i = 0; i < count; i++) {
            int from = Math.min((firstCode + i) * span, lookup.length);
            int to = Math.min(from + span, lookup.length);
            Arrays.fill(lookup, from, to, entry(length, firstSymbol + i));
        }
    }

    private int entry(int length, int symbol) {
        return length << LENGTH_SHIFT | (symbols[symbol] & 0xff);
    }

    /**
     * The code that 16 bits begin with, or {@link #NO_CODE}; {@link #length} and {@link #symbol}
     * take it apart.
     */
    int find(int bits) {
        int found = lookup[bits >>> (LONGEST_CODE - LOOKUP_BITS)];
        return found >= 0 ? found : findLong(bits);
    }

    private int findLong(int bits) {
        for (int length = LOOKUP_BITS + 1; length <= LONGEST_CODE; length++) {
            if (bits < codeEnds[length]) {
                int code = bits >>> (LONGEST_CODE - length);
                return entry(length, code + symbolOffsets[length]);
            }
        }
        return NO_CODE;
    }

    static int length(int found) {
        return found >>> LENGTH_SHIFT;
    }

    static int symbol(int found) {
        return found & 0xff;
    }
}
