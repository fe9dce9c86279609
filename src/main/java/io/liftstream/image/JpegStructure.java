package io.liftstream.image;

import io.liftstream.frame.LiftingException;

/**
 * Walks a JPEG's marker segments (ITU-T T.81, annex B): the size from the frame header, and whether
 * every pixel is there.
 *
 * <p>Decoders fill what is missing with grey or with the pixels above it and say so, if at all, on
 * the process's standard error: OpenCV leaves libjpeg's warnings there and returns a picture. So
 * the codes of all blocks are walked over before, without making pixels. The JDK's reader, which
 * reports libjpeg's warnings to a listener, has to decode the picture for them, which takes longer
 * (the benchmarks' README has both figures), and says nothing of scans that are missing.
 */
final class JpegStructure {
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int QUANTISATION_TABLES = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int JFIF = 0xe0;
    private static final int EXIF = 0xe1;
    private static final int ADOBE = 0xee;
    private static final String EXIF_NAME = "Exif\0\0";

    /** Cameras write 1 to 12; thousands of scans over a large image are an attack on time. */
    private static final int MAX_SCANS = 100;

    private final EncodedBytes bytes;
    private final RepairedBytes repairs;
    private final JpegTables tables = new JpegTables();
    private JpegFrame frame;
    private int components;
    private int restartInterval;
    private int scans;

    private JpegStructure(EncodedBytes bytes) {
        this.bytes = bytes;
        this.repairs = new RepairedBytes(bytes.array());
    }

    static ImageHeader readHeader(EncodedBytes bytes) {
        int position = new JpegStructure(bytes).findFrameHeader();
        return new ImageHeader(
                ImageFormat.JPEG,
                bytes.u16BigEndian(position + 5),
                bytes.u16BigEndian(position + 3));
    }

    /**
     * Refuses a file of which pixels are missing.
     *
     * @return the file, without what libjpeg would remark on
     */
    static byte[] requireWhole(EncodedBytes bytes) {
        JpegStructure structure = new JpegStructure(bytes);
        structure.walk();
        return structure.repairs.bytes();
    }

    /** What the EXIF segment says, if one stands before the pixels. */
    static Orientation orientation(EncodedBytes bytes) {
        JpegStructure structure = new JpegStructure(bytes);
        int position = structure.behindMarker(2);
        while (structure.codeBefore(position) != START_OF_SCAN
                && structure.codeBefore(position) != END_OF_IMAGE) {
            int end = structure.behindSegment(position);
            if (structure.codeBefore(position) == EXIF && bytes.hasAscii(position + 2, EXIF_NAME)) {
                int data = position + 2 + EXIF_NAME.length();
                return Orientation.ofExif(new EncodedBytes(bytes.copy(data, end - data)));
            }
            position = structure.behindMarker(end);
        }
        return Orientation.UPRIGHT;
    }

    private int findFrameHeader() {
        int position = behindMarker(2);
        while (!isFrameHeader(codeBefore(position))) {
            int code = codeBefore(position);
            if (code == END_OF_IMAGE || code == START_OF_SCAN) {
                throw bytes.unreadable("this JPEG has no frame header; give a whole file");
            }
            position = behindMarker(behindSegment(position));
        }
        return position;
    }

    private void walk() {
        components = bytes.u8(findFrameHeader() + 7);
        int position = 2;
        while (true) {
            int marker;
            int end;
            try {
                marker = behindMarker(position);
                end = behindSegment(marker);
                bytes.require(0, end);
            } catch (LiftingException e) {
                // Only the end marker is missing, or what stands before it and is no picture.
                requireComplete(e);
                repairs.replace(position, bytes.length(), 0xff, END_OF_IMAGE);
                return;
            }
            // Fill bytes, of 0xff, are part of a marker.
            repairs.replace(position, marker, 0xff, codeBefore(marker));
            if (codeBefore(marker) == END_OF_IMAGE) {
                requireComplete(null);
                return;
            }
            position = readSegment(marker, end);
        }
    }

    private int readSegment(int position, int end) {
        int code = codeBefore(position);
        if (isFrameHeader(code)) {
            if (frame != null) {
                throw bytes.unreadable("a JPEG has one frame header, this has several");
            }
            frame = JpegFrame.read(bytes, code, position);
        } else if (code == HUFFMAN_TABLES) {
            tables.readHuffmanTables(bytes, position + 2, end);
        } else if (code == QUANTISATION_TABLES) {
            tables.readQuantisation(bytes, position + 2, end);
        } else if (code == RESTART_INTERVAL) {
            restartInterval = bytes.u16BigEndian(position + 2);
        } else if (code == JFIF && bytes.hasAscii(position + 2, "JFIF\0")) {
            // libjpeg remarks on versions that it does not know, and reads them as 1.
            repairs.replace(position + 7, position + 8, 1);
        } else if (code == ADOBE && bytes.hasAscii(position + 2, "Adobe") && end > position + 13) {
            int transform = bytes.u8(position + 13);
            repairs.replace(position + 13, position + 14, readAs(transform));
        } else if (code == START_OF_SCAN) {
            return readScan(position, end);
        } else if (code == START_OF_IMAGE) {
            throw bytes.unreadable("another JPEG begins within it; the file is damaged");
        }
        return end;
    }

    /** libjpeg remarks on codes that do not fit the components, and reads them as these. */
    private int readAs(int adobeTransform) {
        boolean known = adobeTransform == 0 || adobeTransform == components - 2;
        return known || components < 3 ? adobeTransform : components - 2;
    }

    private int readScan(int position, int end) {
        if (++scans > MAX_SCANS) {
            throw bytes.unreadable("a JPEG may have at most " + MAX_SCANS + " scans");
        }
        if (frame == null) {
            throw bytes.unreadable("this JPEG has no frame header; give a whole file");
        }
        JpegScanHeader header = JpegScanHeader.read(bytes, position, frame, tables);
        if (!header.advance()) {
            throw bytes.unreadable("the JPEG's scans do not follow each other, some were lost");
        }
        if (!frame.progressive()) {
            int parameters = JpegScanHeader.parameters(bytes, position);
            repairs.replace(parameters, parameters + 3, 0, JpegComponent.COEFFICIENTS - 1, 0);
        }
        JpegScan scan =
                new JpegScan(
                        bytes.array(), frame, header.components(), header.blocks(frame), repairs);
        try {
            return scan.walk(end, restartInterval);
        } catch (JpegScan.LostPixels e) {
            throw bytes.unreadable(
                    "the JPEG is truncated or damaged after "
                            + e.wholePercent()
                            + " % of the picture; give the whole file");
        }
    }

    private void requireComplete(LiftingException endsEarly) {
        if (scans == 0) {
            throw bytes.unreadable("this JPEG holds no scan; give a whole file");
        }
        if (!frame.complete()) {
            throw endsEarly != null
                    ? endsEarly
                    : bytes.unreadable("the JPEG has lost some of its scans; give the whole file");
        }
    }

    private int codeBefore(int position) {
        return bytes.u8(position - 1);
    }

    private int behindSegment(int position) {
        return isStandalone(codeBefore(position))
                ? position
                : position + bytes.u16BigEndian(position);
    }

    /** The position behind the next marker; other bytes, fill bytes and stuffing pass by. */
    private int behindMarker(int from) {
        int position = from;
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

    private static boolean isStandalone(int code) {
        return code == 0x01 || (code >= 0xd0 && code <= 0xd9);
    }

    private static boolean isFrameHeader(int code) {
        boolean inRange = code >= 0xc0 && code <= 0xcf;
        boolean isTable = code == HUFFMAN_TABLES || code == 0xc8 || code == 0xcc;
        return inRange && !isTable;
    }
}
