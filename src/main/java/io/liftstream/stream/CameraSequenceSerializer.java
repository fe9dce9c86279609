package io.liftstream.stream;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a camera's index into state.
 *
 * <p>Version 1, big-endian: version (byte), epoch (int), newest position, flags (byte: bit 0 = a
 * flushed position follows), flushed position, pending frames, released frames, last accepted
 * (long), timer (long). A position is its capture time and its sequence (two longs); the epoch is
 * the index's. Frames are their number (int), then position and payload size (int) of each.
 */
final class CameraSequenceSerializer extends TypeSerializerSingleton<CameraSequence> {
    static final CameraSequenceSerializer INSTANCE = new CameraSequenceSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final int FLUSHED = 1;

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
                        from.epoch(),
                        from.newest(),
                        from.flushedThrough(),
                        from.pending().copy(),
                        from.released().copy());
        copy.lastAcceptedMillis(from.lastAcceptedMillis());
        copy.timerMillis(from.timerMillis());
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
        target.writeByte(camera.flushedThrough() == null ? 0 : FLUSHED);
        if (camera.flushedThrough() != null) {
            writePosition(camera.flushedThrough(), target);
        }
        writeQueue(camera.pending(), target);
        writeQueue(camera.released(), target);
        target.writeLong(camera.lastAcceptedMillis());
        target.writeLong(camera.timerMillis());
    }

    @Override
    public CameraSequence deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "A camera's state has version "
                            + version
                            + ": this build reads version "
                            + VERSION
                            + "; restore with the build that wrote it or a newer one");
        }
        int epoch = source.readInt();
        FramePosition newest = readPosition(epoch, source);
        boolean flushed = (source.readByte() & FLUSHED) != 0;
        FramePosition flushedThrough = flushed ? readPosition(epoch, source) : null;
        CameraSequence camera =
                new CameraSequence(
                        epoch, newest, flushedThrough, readQueue(source), readQueue(source));
        camera.lastAcceptedMillis(source.readLong());
        camera.timerMillis(source.readLong());
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

    private static void writeQueue(SortedPositions queue, DataOutputView target)
            throws IOException {
        target.writeInt(queue.size());
        for (int index = 0; index < queue.size(); index++) {
            target.writeLong(queue.captureTimeNanos(index));
            target.writeLong(queue.sequence(index));
            target.writeInt(queue.bytes(index));
        }
    }

    private static SortedPositions readQueue(DataInputView source) throws IOException {
        SortedPositions queue = new SortedPositions();
        for (int left = source.readInt(); left > 0; left--) {
            queue.add(source.readLong(), source.readLong(), source.readInt());
        }
        return queue;
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
