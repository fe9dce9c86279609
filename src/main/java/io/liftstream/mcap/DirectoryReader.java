package io.liftstream.mcap;

import io.liftstream.mcap.Directory.Stretch;
import io.liftstream.mcap.RecordFile.Place;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;

/** Finds out what is in a file: from its summary, or record by record where that does not say. */
final class DirectoryReader {

    /** Times at the beginning of a chunk. */
    private static final int CHUNK_TIMES_BYTES = 2 * Long.BYTES;

    private final RecordFile file;

    DirectoryReader(RecordFile file) {
        this.file = file;
    }

    Directory read() throws IOException {
        Place footer = file.place(file.footerOffset());
        if (footer.opcode() != McapFormat.FOOTER || footer.length() != McapFormat.FOOTER_BYTES) {
            throw new McapFormatException("the last record is no footer");
        }
        FieldReader fields = file.content(footer);
        long summaryStart = fields.u64();
        fields.u64(); // Where summary offsets begin; the whole summary is read.
        long crc = fields.u32();
        if (summaryStart != 0) {
            requireSummary(summaryStart, crc);
            Directory summary = summary(summaryStart);
            if (!summary.stretches().isEmpty()) {
                return summary;
            }
        }
        return scan(summaryStart == 0 ? file.footerOffset() : summaryStart);
    }

    /** The sum covers the summary and the footer up to the sum itself. */
    private void requireSummary(long start, long crc) throws IOException {
        if (start < file.firstOffset() || start > file.footerOffset()) {
            throw new McapFormatException(
                    "the footer says that the summary begins at "
                            + Long.toUnsignedString(start)
                            + ": that is not in the file");
        }
        long end =
                file.footerOffset()
                        + McapFormat.PREFIX_BYTES
                        + McapFormat.FOOTER_BYTES
                        - Integer.BYTES;
        requireCrc("the summary", file.bytes(start, end - start), crc);
    }

    private Directory summary(long start) throws IOException {
        Directory directory = new Directory();
        long offset = start;
        while (offset < file.footerOffset()) {
            Place place = file.place(offset);
            directory.take(place.opcode(), file.content(place));
            offset = place.end();
        }
        return directory;
    }

    private Directory scan(long end) throws IOException {
        Directory directory = new Directory();
        long offset = file.firstOffset();
        while (offset < end) {
            Place place = file.place(offset);
            switch (place.opcode()) {
                case McapFormat.CHUNK -> directory.take(stretch(place));
                case McapFormat.MESSAGE -> directory.take(messageOutsideOfChunks(place));
                case McapFormat.SCHEMA, McapFormat.CHANNEL ->
                        directory.take(place.opcode(), file.content(place));
                default -> {}
            }
            offset = place.end();
        }
        long statistics = end;
        while (statistics < file.footerOffset()) {
            Place place = file.place(statistics);
            if (place.opcode() == McapFormat.STATISTICS) {
                directory.take(place.opcode(), file.content(place));
            }
            statistics = place.end();
        }
        return directory;
    }

    private Stretch stretch(Place chunk) throws IOException {
        FieldReader times = file.contentStart(chunk, CHUNK_TIMES_BYTES);
        return new Stretch(times.u64(), times.u64(), chunk.offset());
    }

    private Stretch messageOutsideOfChunks(Place message) throws IOException {
        FieldReader fields = file.contentStart(message, McapFormat.MESSAGE_HEADER_BYTES);
        long time = McapMessage.read(fields).logTimeNanos();
        return new Stretch(time, time, message.offset());
    }

    /** Refuses bytes whose sum is another one than stated; 0 states none. */
    static void requireCrc(String what, byte[] bytes, long stated) throws McapFormatException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (stated != 0 && crc.getValue() != stated) {
            throw new McapFormatException(
                    String.format(
                            Locale.ROOT,
                            "%s is damaged: its CRC is %08x and should be %08x",
                            what,
                            crc.getValue(),
                            stated));
        }
    }
}
