package io.liftstream.image;

import java.util.HexFormat;

/**
 * The tables that a JPEG defines, on top of the Huffman tables of ITU-T T.81, annex K.3, which
 * cameras that send JPEG frames leave out.
 */
final class JpegTables {
    private static final int KINDS = 2;
    private static final int SLOTS = 4;
    private static final int LENGTHS = 16;

    private static final String DC = "000102030405060708090a0b";
    private static final JpegHuffmanTable LUMA_DC = table("00010501010101010100000000000000", DC);
    private static final JpegHuffmanTable CHROMA_DC = table("00030101010101010101010000000000", DC);
    private static final JpegHuffmanTable LUMA_AC =
            table(
                    "0002010303020403050504040000017d",
                    "01020300041105122131410613516107227114328191a1082342b1c11552d1f0"
                            + "2433627282090a161718191a25262728292a3435363738393a43444546474849"
                            + "4a535455565758595a636465666768696a737475767778797a83848586878889"
                            + "8a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5"
                            + "c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8"
                            + "f9fa");
    private static final JpegHuffmanTable CHROMA_AC =
            table(
                    "00020102040403040705040400010277",
                    "0001020311040521310612415107617113223281081442"
                            + "91a1b1c109233352f0156272d1"
                            + "0a162434e125f11718191a262728292a35363738393a434445464748494a5354"
                            + "55565758595a636465666768696a737475767778797a82838485868788898a92"
                            + "939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7"
                            + "c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    private final JpegHuffmanTable[] dc = {LUMA_DC, CHROMA_DC, null, null};
    private final int[][] steps = new int[SLOTS][];
    private final JpegHuffmanTable[] ac = {LUMA_AC, CHROMA_AC, null, null};

    private static JpegHuffmanTable table(String counts, String symbols) {
        HexFormat hex = HexFormat.of();
        byte[] lengths = hex.parseHex(counts);
        int[] numbers = new int[LENGTHS];
        for (int i = 0; i < LENGTHS; i++) {
            numbers[i] = lengths[i] & 0xff;
        }
        return JpegHuffmanTable.of(numbers, hex.parseHex(symbols));
    }

    /**
     * Reads the Huffman tables of a segment.
     *
     * @param from behind the segment's length
     * @param to its end
     */
    void readHuffmanTables(EncodedBytes bytes, int from, int to) {
        int position = from;
        while (position < to) {
            int kindAndSlot = bytes.u8(position);
            int[] counts = new int[LENGTHS];
            int sum = 0;
            for (int i = 0; i < LENGTHS; i++) {
                counts[i] = bytes.u8(position + 1 + i);
                sum += counts[i];
            }
            int end = position + 1 + LENGTHS + sum;
            byte[] symbols = bytes.copy(position + 1 + LENGTHS, sum);
            JpegHuffmanTable table = sum > 256 ? null : JpegHuffmanTable.of(counts, symbols);
            if (table == null
                    || end > to
                    || kindAndSlot >> 4 >= KINDS
                    || (kindAndSlot & 15) >= SLOTS) {
                throw bytes.unreadable("a Huffman table makes no sense; the file is damaged");
            }
            (kindAndSlot >> 4 == 0 ? dc : ac)[kindAndSlot & 15] = table;
            position = end;
        }
    }

    /**
     * Reads the quantisation tables of a segment.
     *
     * @param from behind the segment's length
     * @param to its end
     */
    void readQuantisation(EncodedBytes bytes, int from, int to) {
        int position = from;
        while (position < to) {
            boolean wide = bytes.u8(position) >> 4 != 0;
            int slot = bytes.u8(position++) & 15;
            int[] table = new int[JpegComponent.COEFFICIENTS];
            for (int k = 0; k < table.length; k++) {
                int step = wide ? bytes.u16BigEndian(position) : bytes.u8(position);
                table[k] = Math.max(1, step);
                position += wide ? 2 : 1;
            }
            if (slot >= SLOTS || position > to) {
                throw bytes.unreadable("a quantisation table makes no sense; the file is damaged");
            }
            steps[slot] = table;
        }
    }

    /** The steps of a slot, in the zigzag's order; null where there are none. */
    int[] steps(int slot) {
        return slot < SLOTS ? steps[slot] : null;
    }

    /** The table of a slot for first coefficients; null where there is none. */
    JpegHuffmanTable dc(int slot) {
        return slot < SLOTS ? dc[slot] : null;
    }

    /** The table of a slot for the other coefficients; null where there is none. */
    JpegHuffmanTable ac(int slot) {
        return slot < SLOTS ? ac[slot] : null;
    }
}
