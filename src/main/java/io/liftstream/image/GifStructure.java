package io.liftstream.image;

/** Walks a GIF's blocks: the canvas size, and whether the first picture's data is all there. */
final class GifStructure {
    private static final int HEADER_BYTES = 13;
    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2c;

    private final EncodedBytes bytes;

    private GifStructure(EncodedBytes bytes) {
        this.bytes = bytes;
    }

    static ImageHeader readHeader(EncodedBytes bytes) {
        return new ImageHeader(ImageFormat.GIF, bytes.u16LittleEndian(6), bytes.u16LittleEndian(8));
    }

    static void requireWhole(EncodedBytes bytes) {
        new GifStructure(bytes).requireFirstPicture();
    }

    private void requireFirstPicture() {
        long position = (long) HEADER_BYTES + colourTableBytes(bytes.u8(10));
        while (bytes.u8(position) == EXTENSION) {
            position = behindSubBlocks(position + 2);
        }
        if (bytes.u8(position) != PICTURE) {
            throw bytes.unreadable("this GIF holds no picture; give a whole file");
        }
        long data = position + 10 + colourTableBytes(bytes.u8(position + 9)) + 1;
        behindSubBlocks(data);
    }

    private long behindSubBlocks(long from) {
        long position = from;
        while (bytes.u8(position) != 0) {
            position += 1 + bytes.u8(position);
        }
        return position + 1;
    }

    private static int colourTableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }
}
