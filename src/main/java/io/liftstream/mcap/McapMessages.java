package io.liftstream.mcap;

import io.liftstream.mcap.Directory.Stretch;
import io.liftstream.mcap.RecordFile.Place;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Messages of a file by log time. A chunk is read when its first message may be the next, and let
 * go after its last one; chunks whose times overlap are held together.
 */
public final class McapMessages {

    /** Of chunks whose times overlap, bytes after decompression. */
    private static final long MAX_HELD_BYTES = RecordFile.MAX_RECORD_BYTES;

    private static final Comparator<Stretch> BY_START =
            ((Comparator<Stretch>) (a, b) -> Long.compareUnsigned(a.startNanos(), b.startNanos()))
                    .thenComparingLong(Stretch::offset);

    private final RecordFile file;
    private final Directory directory;
    private final long fromNanos;
    private final long toNanos;
    private final Iterator<Stretch> coming;
    private final PriorityQueue<OpenChunk> open = new PriorityQueue<>();
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
     * @throws McapFormatException where a chunk is damaged, or where chunks of more than 128 MiB
     *     overlap in time
     * @throws IOException where the file cannot be read
     */
    public Optional<McapMessage> next() throws IOException {
        while (next != null && mayBeFirst(next)) {
            open(next);
            advance();
        }
        OpenChunk first = open.poll();
        if (first == null) {
            return Optional.empty();
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
                || Long.compareUnsigned(stretch.startNanos(), open.peek().nextTime()) <= 0;
    }

    private void open(Stretch stretch) throws IOException {
        Place place = file.place(stretch.offset());
        OpenChunk chunk =
                switch (place.opcode()) {
                    case McapFormat.CHUNK ->
                            OpenChunk.ofChunk(
                                    place.offset(),
                                    file.content(place),
                                    MAX_HELD_BYTES - heldBytes);
                    case McapFormat.MESSAGE ->
                            OpenChunk.ofMessage(
                                    place.offset(),
                                    file.bytes(place.offset(), place.end() - place.offset()));
                    default ->
                            throw new McapFormatException(
                                    "the index says that a chunk is at "
                                            + place.offset()
                                            + ": there is none");
                };
        chunk.find(directory, time -> within(time, fromNanos, toNanos));
        heldBytes += chunk.bytes();
        giveBack(chunk);
    }

    private void giveBack(OpenChunk chunk) {
        if (chunk.hasNext()) {
            open.add(chunk);
        } else {
            heldBytes -= chunk.bytes();
        }
    }
}
