package io.liftstream.image;

/** Reads the size from a classic TIFF's first directory, and checks that its pixels are there. */
final class TiffStructure {
    private static final int IMAGE_WIDTH = 256;
    private static final int IMAGE_LENGTH = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTE_COUNTS = 325;
    private static final int SAMPLE_FORMAT = 339;
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int LOG_L = 32844;
    private static final int LOG_LUV = 32845;
    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;
    private static final int FLOATS = 3;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    private final EncodedBytes bytes;
    private final boolean littleEndian;
    private final long directory;
    private final int entries;

    private TiffStructure(EncodedBytes bytes) {
        this.bytes = bytes;
        this.littleEndian = bytes.hasAscii(0, "II");
        this.directory = u32(4);
        this.entries = u16(directory);
    }

    static ImageHeader readHeader(EncodedBytes bytes) {
        TiffStructure structure = new TiffStructure(bytes);
        structure.requireUnsigned();
        long width = structure.first(IMAGE_WIDTH);
        long height = structure.first(IMAGE_LENGTH);
        return structure.orientation().transposes()
                ? new ImageHeader(ImageFormat.TIFF, height, width)
                : new ImageHeader(ImageFormat.TIFF, width, height);
    }

    /**
     * libtiff takes the bytes of signed integers for those of unsigned ones. It needs no format for
     * logarithmic samples: their coding says it.
     */
    private void requireUnsigned() {
        long photometric = photometric();
        if (first(SAMPLE_FORMAT, UNSIGNED) == SIGNED
                && photometric != LOG_L
                && photometric != LOG_LUV) {
            throw bytes.unreadable(
                    "a TIFF of signed integers (SampleFormat 2); give one of unsigned integers");
        }
    }

    private long photometric() {
        return first(PHOTOMETRIC, BLACK_IS_ZERO);
    }

    /** What the first directory says, of a picture or of EXIF data. */
    static Orientation orientation(EncodedBytes bytes) {
        return new TiffStructure(bytes).orientation();
    }

    private Orientation orientation() {
        return Orientation.of(first(ORIENTATION, 1));
    }

    /** Whether the pixels are 16-bit grey without alpha, unsigned. */
    static boolean isGrey16(EncodedBytes bytes) {
        TiffStructure structure = new TiffStructure(bytes);
        return structure.first(BITS_PER_SAMPLE, 1) == 16
                && structure.first(SAMPLES_PER_PIXEL, 1) == 1
                && structure.first(SAMPLE_FORMAT, UNSIGNED) == UNSIGNED;
    }

    /** Whether 0 is the brightest value of a grey picture and not the darkest. */
    static boolean whiteIsZero(EncodedBytes bytes) {
        return new TiffStructure(bytes).photometric() == WHITE_IS_ZERO;
    }

    /**
     * Whether the pixels are distances as they are stored: 16-bit grey, or floats of 32 or 64 bits.
     * OpenCV multiplies integers of 10, 12 and 14 bits until they fill 16.
     */
    static boolean isDepthMap(EncodedBytes bytes) {
        TiffStructure structure = new TiffStructure(bytes);
        long bits = structure.first(BITS_PER_SAMPLE, 1);
        return isGrey16(bytes)
                || ((bits == 32 || bits == 64)
                        && structure.first(SAMPLES_PER_PIXEL, 1) == 1
                        && structure.first(SAMPLE_FORMAT, UNSIGNED) == FLOATS);
    }

    static void requireWhole(EncodedBytes bytes) {
        TiffStructure structure = new TiffStructure(bytes);
        structure.requirePixels(STRIP_OFFSETS, STRIP_BYTE_COUNTS);
        structure.requirePixels(TILE_OFFSETS, TILE_BYTE_COUNTS);
    }

    private long first(int tag) {
        long entry = find(tag);
        if (entry < 0) {
            throw bytes.unreadable("a TIFF must state its width and height (tag " + tag + ")");
        }
        return value(entry, 0);
    }

    private long first(int tag, long otherwise) {
        long entry = find(tag);
        return entry < 0 ? otherwise : value(entry, 0);
    }

    private void requirePixels(int offsetsTag, int countsTag) {
        long offsets = find(offsetsTag);
        long counts = find(countsTag);
        if (offsets < 0 || counts < 0) {
            return;
        }
        long parts = Math.min(u32(offsets + 4), u32(counts + 4));
        for (long part = 0; part < parts; part++) {
            bytes.require(value(offsets, part), value(counts, part));
        }
    }

    private long find(int tag) {
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) i * ENTRY_BYTES;
            if (u16(entry) == tag) {
                return entry;
            }
        }
        return -1;
    }

    private long value(long entry, long index) {
        boolean isShort = u16(entry + 2) == SHORT;
        long size = isShort ? 2 : 4;
        // Values of four bytes together stand in the entry itself, longer ones elsewhere.
        long start = u32(entry + 4) * size <= 4 ? entry + 8 : u32(entry + 8);
        long offset = start + index * size;
        return isShort ? u16(offset) : u32(offset);
    }

    private int u16(long offset) {
        return littleEndian ? bytes.u16LittleEndian(offset) : bytes.u16BigEndian(offset);
    }

    private long u32(long offset) {
        return littleEndian ? bytes.u32LittleEndian(offset) : bytes.u32BigEndian(offset);
    }
}
