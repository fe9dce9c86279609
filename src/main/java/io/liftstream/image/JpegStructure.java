package io.liftstream.image;

/**
 * Walks a JPEG's marker segments (ITU-T T.81, annex B): the size from the frame header, and whether
 * the end-of-image marker is there.
 */
final class JpegStructure {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    /** Cameras write 1 to 12; thousands of scans over a large image are an attack on time. */
    private static final int MAX_SCANS = 100;

    private final EncodedBytes bytes;

    private JpegStructure(EncodedBytes bytes) {
        this.bytes = bytes;
    }

    static ImageHeader readHeader(EncodedBytes bytes) {
        long frame = new JpegStructure(bytes).findFrameHeader();
        return new ImageHeader(
                ImageFormat.JPEG, bytes.u16BigEndian(frame + 5), bytes.u16BigEndian(frame + 3));
    }

    static void requireWhole(EncodedBytes bytes) {
        new JpegStructure(bytes).requireScansAndEnd();
    }

    private long findFrameHeader() {
        long position = nextMarker(2);
        while (!isFrameHeader(markerBefore(position))) {
            int marker = markerBefore(position);
            if (marker == END_OF_IMAGE || marker == START_OF_SCAN) {
                throw bytes.unreadable("this JPEG has no frame header; give a whole file");
            }
            position = nextMarker(behindSegment(position));
        }
        return position;
    }

    private void requireScansAndEnd() {
        int scans = 0;
        long position = nextMarker(2);
        while (markerBefore(position) != END_OF_IMAGE) {
            if (markerBefore(position) == START_OF_SCAN && ++scans > MAX_SCANS) {
                throw bytes.unreadable("a JPEG may have at most " + MAX_SCANS + " scans");
            }
            position = nextMarker(behindSegment(position));
        }
        if (scans == 0) {
            throw bytes.unreadable("this JPEG holds no scan; give a whole file");
        }
    }

    private int markerBefore(long position) {
        return bytes.u8(position - 1);
    }

    private long behindSegment(long position) {
        return isStandalone(markerBefore(position))
                ? position
                : position + bytes.u16BigEndian(position);
    }

    /** The position behind the next marker; entropy-coded data, fill bytes and stuffing pass by. */
    private long nextMarker(long from) {
        long position = from;
        while (true) {
            while (bytes.u8(position) != 0xff) {
                position++;
            }
            int code = bytes.u8(position + 1);
            position++;
            if (code != 0 && code != 0xff) {
                return position + 1;
            }
        }
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    }

    private static boolean isFrameHeader(int marker) {
        boolean inRange = marker >= 0xc0 && marker <= 0xcf;
        boolean isTable = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
        return inRange && !isTable;
    }
}
