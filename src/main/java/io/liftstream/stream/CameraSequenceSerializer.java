package io.liftstream.stream;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a camera's index into state.
 *
 * <p>Version 2, big-endian: version (byte), epoch (int), newest position, flags (byte), the last
 * released position where flag 1 is set, the flushed position where flag 2 is set, the number
 * (byte) and last position of a run of late frames where flag 4 is set, the current stream (UTF)
 * where flag 8 is set, ended streams (number as a byte, then UTF each), trust (byte), partition
 * (int), pending frames, fingerprints of positions seen (number as an int, then an int each, oldest
 * first), last accepted (long), timer (long). A position is its capture time and its sequence (two
 * longs); the epoch is the index's. Frames are their number (int), then position, payload size
 * (int) and arrival (long) of each.
 *
 * <p>Version 1, which is still read: version (byte), epoch (int), newest position, flags (byte: bit
 * 0 = a flushed position follows), flushed position, pending frames, released frames, last accepted
 * (long), timer (long); frames as above without their arrival.
 */
final class CameraSequenceSerializer extends TypeSerializerSingleton<CameraSequence> {
    static final CameraSequenceSerializer INSTANCE = new CameraSequenceSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;
    private static final int FIRST_VERSION = 1;
    private static final int RELEASED = 1;
    private static final int FLUSHED = 2;
    private static final int LATE_RUN = 4;
    private static final int STREAM = 8;
    private static final int FLUSHED_IN_FIRST_VERSION = 1;
    private static final CameraSequence.Trust[] TRUSTS = CameraSequence.Trust.values();

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public CameraSequence createInstance() {
        return new CameraSequence();
    }

    @Override
    public CameraSequence copy(CameraSequence from) {
        CameraSequence copy =
                new CameraSequence(
                        from.pending().copy(),
                        from.seen().copy(),
                        from.lateRun().copy(),
                        from.marks().copy());
        copy.restore(
                from.streams(),
                from.trust(),
                from.epoch(),
                from.newest(),
                from.lastReleased(),
                from.flushedThrough());
        return copy;
    }

    @Override
    public CameraSequence copy(CameraSequence from, CameraSequence reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(CameraSequence camera, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeInt(camera.epoch());
        writePosition(camera.newest(), target);
        LateRun lateRun = camera.lateRun();
        target.writeByte(
                flag(RELEASED, camera.lastReleased())
                        | flag(FLUSHED, camera.flushedThrough())
                        | flag(LATE_RUN, lateRun.last())
                        | flag(STREAM, camera.streams().current()));
        if (camera.lastReleased() != null) {
            writePosition(camera.lastReleased(), target);
        }
        if (camera.flushedThrough() != null) {
            writePosition(camera.flushedThrough(), target);
        }
        if (lateRun.last() != null) {
            target.writeByte(lateRun.frames());
            writePosition(lateRun.last(), target);
        }
        writeStreams(camera.streams(), target);
        target.writeByte(camera.trust().ordinal());
        target.writeInt(camera.marks().partition());
        writePending(camera.pending(), target);
        writeSeen(camera.seen(), target);
        target.writeLong(camera.marks().lastAcceptedMillis());
        target.writeLong(camera.marks().timerMillis());
    }

    @Override
    public CameraSequence deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        return switch (version) {
            case VERSION -> read(source);
            case FIRST_VERSION -> readFirstVersion(source);
            default ->
                    throw new IOException(
                            "A camera's state has version "
                                    + version
                                    + ": this build reads versions "
                                    + FIRST_VERSION
                                    + " and "
                                    + VERSION
                                    + "; restore with the build that wrote it or a newer one");
        };
    }

    private static CameraSequence read(DataInputView source) throws IOException {
        int epoch = source.readInt();
        FramePosition newest = readPosition(epoch, source);
        int flags = source.readByte();
        FramePosition released = (flags & RELEASED) == 0 ? null : readPosition(epoch, source);
        FramePosition flushed = (flags & FLUSHED) == 0 ? null : readPosition(epoch, source);
        LateRun lateRun =
                (flags & LATE_RUN) == 0
                        ? new LateRun()
                        : new LateRun(source.readByte(), readPosition(epoch, source));
        CameraStreams streams = readStreams((flags & STREAM) != 0, source);
        CameraSequence.Trust trust = TRUSTS[source.readByte()];
        CameraMarks marks = new CameraMarks();
        marks.partition(source.readInt());
        SortedPositions pending = readPending(source);
        SeenPositions seen = readSeen(source);
        readTimes(marks, source);
        CameraSequence camera = new CameraSequence(pending, seen, lateRun, marks);
        camera.restore(streams, trust, epoch, newest, released, flushed);
        return camera;
    }

    /**
     * The first version forgot the turn of a frame that silence had released. Such frames become
     * positions that the rules still wait at, as they are in this version.
     */
    private static CameraSequence readFirstVersion(DataInputView source) throws IOException {
        int epoch = source.readInt();
        FramePosition newest = readPosition(epoch, source);
        boolean isFlushed = (source.readByte() & FLUSHED_IN_FIRST_VERSION) != 0;
        FramePosition flushed = isFlushed ? readPosition(epoch, source) : null;
        SortedPositions pending = readFirstPending(source);
        SortedPositions left = readFirstPending(source);
        CameraMarks marks = new CameraMarks();
        readTimes(marks, source);
        boolean isPassed = flushed == null || !lastOf(epoch, left).isAtOrBefore(flushed);
        SeenPositions seen = new SeenPositions();
        SortedPositions waiting = new SortedPositions();
        FramePosition released = null;
        for (int index = 0; index < left.size(); index++) {
            FramePosition position = positionAt(epoch, left, index);
            seen.add(fingerprint(position));
            if (isPassed) {
                released = position;
            } else {
                add(position, left.bytes(index), marks, waiting);
            }
        }
        for (int index = 0; index < pending.size(); index++) {
            FramePosition position = positionAt(epoch, pending, index);
            seen.add(fingerprint(position));
            add(position, pending.bytes(index), marks, waiting);
        }
        CameraSequence camera = new CameraSequence(waiting, seen, new LateRun(), marks);
        camera.restore(
                CameraStreams.NONE,
                CameraSequence.Trust.UNTRIED,
                epoch,
                newest,
                released,
                isPassed ? null : flushed);
        return camera;
    }

    @Override
    public CameraSequence deserialize(CameraSequence reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<CameraSequence> snapshotConfiguration() {
        return new Snapshot();
    }

    private static int flag(int bit, Object value) {
        return value == null ? 0 : bit;
    }

    private static void writeStreams(CameraStreams streams, DataOutputView target)
            throws IOException {
        if (streams.current() != null) {
            target.writeUTF(streams.current());
        }
        target.writeByte(streams.ended().size());
        for (String ended : streams.ended()) {
            target.writeUTF(ended);
        }
    }

    private static CameraStreams readStreams(boolean hasCurrent, DataInputView source)
            throws IOException {
        String current = hasCurrent ? source.readUTF() : null;
        String[] ended = new String[source.readByte()];
        for (int index = 0; index < ended.length; index++) {
            ended[index] = source.readUTF();
        }
        return current == null && ended.length == 0
                ? CameraStreams.NONE
                : new CameraStreams(current, List.of(ended));
    }

    private static void writePending(SortedPositions pending, DataOutputView target)
            throws IOException {
        target.writeInt(pending.size());
        for (int index = 0; index < pending.size(); index++) {
            target.writeLong(pending.captureTimeNanos(index));
            target.writeLong(pending.sequence(index));
            target.writeInt(pending.bytes(index));
            target.writeLong(pending.arrivalMillis(index));
        }
    }

    private static SortedPositions readPending(DataInputView source) throws IOException {
        SortedPositions pending = new SortedPositions();
        for (int left = source.readInt(); left > 0; left--) {
            pending.add(source.readLong(), source.readLong(), source.readInt(), source.readLong());
        }
        return pending;
    }

    private static SortedPositions readFirstPending(DataInputView source) throws IOException {
        SortedPositions frames = new SortedPositions();
        for (int left = source.readInt(); left > 0; left--) {
            frames.add(source.readLong(), source.readLong(), source.readInt(), 0);
        }
        return frames;
    }

    private static void add(
            FramePosition position, int bytes, CameraMarks marks, SortedPositions waiting) {
        waiting.add(
                position.captureTimeNanos(),
                position.sequence(),
                bytes,
                marks.lastAcceptedMillis());
    }

    private static FramePosition lastOf(int epoch, SortedPositions queue) {
        return positionAt(epoch, queue, queue.size() - 1);
    }

    private static FramePosition positionAt(int epoch, SortedPositions queue, int index) {
        return new FramePosition(epoch, queue.captureTimeNanos(index), queue.sequence(index));
    }

    private static int fingerprint(FramePosition position) {
        return SeenPositions.fingerprint(position.captureTimeNanos(), position.sequence());
    }

    private static void writeSeen(SeenPositions seen, DataOutputView target) throws IOException {
        target.writeInt(seen.size());
        for (int age = 0; age < seen.size(); age++) {
            target.writeInt(seen.get(age));
        }
    }

    private static SeenPositions readSeen(DataInputView source) throws IOException {
        int[] fingerprints = new int[source.readInt()];
        for (int age = 0; age < fingerprints.length; age++) {
            fingerprints[age] = source.readInt();
        }
        return new SeenPositions(fingerprints);
    }

    private static void readTimes(CameraMarks marks, DataInputView source) throws IOException {
        marks.lastAcceptedMillis(source.readLong());
        marks.timerMillis(source.readLong());
    }

    private static void writePosition(FramePosition position, DataOutputView target)
            throws IOException {
        target.writeLong(position.captureTimeNanos());
        target.writeLong(position.sequence());
    }

    private static FramePosition readPosition(int epoch, DataInputView source) throws IOException {
        return new FramePosition(epoch, source.readLong(), source.readLong());
    }

    /** Names the serializer in savepoints; the format's version is in each record. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraSequence> {
        /** Called by Flink when it restores. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
