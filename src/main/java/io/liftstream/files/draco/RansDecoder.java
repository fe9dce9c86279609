package io.liftstream.files.draco;

import java.nio.ByteBuffer;

/** Reads what {@link RansEncoder} writes. Whatever the bytes, it ends after so many symbols. */
final class RansDecoder {
    private static final int TAG_BITS = 2;

    private final SymbolTable table;
    private final int precisionBits;

    /** The symbol of each part of the whole. */
    private final char[] symbolOf;

    RansDecoder(SymbolTable table) {
        this.table = table;
        this.precisionBits = table.precisionBits();
        this.symbolOf = new char[1 << precisionBits];
        int at = 0;
        for (int symbol = 0; symbol < table.symbols(); symbol++) {
            for (int end = at + table.parts(symbol); at < end; at++) {
                symbolOf[at] = (char) symbol;
            }
        }
    }

    /**
     * Reads symbols after the number of their bytes.
     *
     * @param symbols filled from its start
     * @param count of symbols
     */
    void read(ByteBuffer source, char[] symbols, int count) {
        int bytes = Varint.get(source);
        if (bytes < 1 || bytes > source.remaining()) {
            throw DracoLayout.unreadable(
                    "bytes of symbols", bytes, "must be 1 to " + source.remaining());
        }
        int start = source.position();
        read(source.array(), start, start + bytes, symbols, count);
        source.position(start + bytes);
    }

    private void read(byte[] source, int start, int end, char[] symbols, int count) {
        int more = (source[end - 1] & 0xff) >>> (Byte.SIZE - TAG_BITS);
        int at = end - 1 - more;
        if (at < start) {
            throw DracoLayout.unreadable("symbols", "cut", "must be whole");
        }
        int least = RansEncoder.LEAST_STATE_PER_PART << precisionBits;
        int state = least + state(source, at, more);
        int mask = (1 << precisionBits) - 1;
        for (int i = 0; i < count; i++) {
            while (state < least && at > start) {
                state = (state << Byte.SIZE) | (source[--at] & 0xff);
            }
            int part = state & mask;
            char symbol = symbolOf[part];
            symbols[i] = symbol;
            state = (state >>> precisionBits) * table.parts(symbol) + part - table.before(symbol);
        }
    }

    private static int state(byte[] source, int at, int more) {
        int tagged = 0;
        for (int i = more; i >= 0; i--) {
            tagged = (tagged << Byte.SIZE) | (source[at + i] & 0xff);
        }
        return tagged & ((1 << (Byte.SIZE * (more + 1) - TAG_BITS)) - 1);
    }
}
