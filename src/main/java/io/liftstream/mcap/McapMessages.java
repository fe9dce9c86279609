package io.liftstream.mcap;

import io.liftstream.mcap.Directory.Stretch;
import io.liftstream.mcap.RecordFile.Place;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Messages of a file by log time. A chunk is read when its first message may be the next, and let
 * go after its last one.
 *
 * <p>Where cameras' clocks differ, or one has more to say than another, the times of all chunks can
 * overlap. Of those, 128 MiB are held: beyond that, the chunk whose next message is latest is let
 * go, and read again in its turn. It is the reader that bends, not the writer: chunks of a camera
 * each would overlap less, but whoever writes would hold one for every camera and lose them all
 * where it is killed, and files of other writers would still be refused.
 */
public final class McapMessages {

    /** Of chunks, bytes after decompression. */
    private static final long MAX_HELD_BYTES = RecordFile.MAX_RECORD_BYTES;

    private static final Comparator<Stretch> BY_START =
            ((Comparator<Stretch>) (a, b) -> Long.compareUnsigned(a.startNanos(), b.startNanos()))
                    .thenComparingLong(Stretch::offset);

    private final RecordFile file;
    private final Directory directory;
    private final long fromNanos;
    private final long toNanos;
    private final Iterator<Stretch> coming;
    private final TreeSet<OpenChunk> open = new TreeSet<>();
    private Stretch next;
    private long heldBytes;

    McapMessages(RecordFile file, Directory directory, long fromNanos, long toNanos) {
        this.file = file;
        this.directory = directory;
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        List<Stretch> wanted =
                directory.stretches().stream()
                        .filter(stretch -> within(stretch.startNanos(), 0, toNanos))
                        .filter(stretch -> within(stretch.endNanos(), fromNanos, -1))
                        .sorted(BY_START)
                        .toList();
        coming = wanted.iterator();
        advance();
    }

    private static boolean within(long time, long from, long to) {
        return Long.compareUnsigned(time, from) >= 0 && Long.compareUnsigned(time, to) <= 0;
    }

    private void advance() {
        next = coming.hasNext() ? coming.next() : null;
    }

    /**
     * {@return the next message, or none at the end}
     *
     * @throws McapFormatException where a chunk is damaged, or has more than 128 MiB
     * @throws IOException where the file cannot be read
     */
    public Optional<McapMessage> next() throws IOException {
        while (next != null && mayBeFirst(next)) {
            open(next);
            advance();
        }
        OpenChunk first = open.pollFirst();
        if (first == null) {
            return Optional.empty();
        }
        if (!first.isHeld()) {
            hold(first);
        }
        McapMessage message = first.take();
        if (!directory.channels().containsKey(message.channelId())) {
            throw new McapFormatException(
                    "a message is of channel "
                            + message.channelId()
                            + ", which no record describes");
        }
        giveBack(first);
        return Optional.of(message);
    }

    private boolean mayBeFirst(Stretch stretch) {
        return open.isEmpty()
                || Long.compareUnsigned(stretch.startNanos(), open.first().nextTime()) <= 0;
    }

    private void open(Stretch stretch) throws IOException {
        OpenChunk chunk = new OpenChunk(stretch.offset());
        hold(chunk);
        giveBack(chunk);
    }

    private void hold(OpenChunk chunk) throws IOException {
        PackedChunk packed = packed(chunk.offset());
        makeRoom(packed.size());
        chunk.hold(packed.unpack(), directory, time -> within(time, fromNanos, toNanos));
        heldBytes += chunk.heldBytes();
    }

    private PackedChunk packed(long offset) throws IOException {
        Place place = file.place(offset);
        return switch (place.opcode()) {
            case McapFormat.CHUNK -> PackedChunk.read(offset, file.content(place));
            case McapFormat.MESSAGE ->
                    PackedChunk.ofMessage(offset, file.bytes(offset, place.end() - offset));
            default ->
                    throw new McapFormatException(
                            "the index says that a chunk is at " + offset + ": there is none");
        };
    }

    private void makeRoom(int bytes) {
        Iterator<OpenChunk> latestFirst = open.descendingIterator();
        while (heldBytes + bytes > MAX_HELD_BYTES && latestFirst.hasNext()) {
            letGo(latestFirst.next());
        }
    }

    private void letGo(OpenChunk chunk) {
        heldBytes -= chunk.heldBytes();
        chunk.letGo();
    }

    private void giveBack(OpenChunk chunk) {
        if (chunk.hasNext()) {
            open.add(chunk);
        } else {
            letGo(chunk);
        }
    }
}
