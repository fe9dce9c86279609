package io.liftstream.stream;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a camera's index into state.
 *
 * <p>Version 1, big-endian: version (byte), epoch (int), newest position, flags (byte: bit 0 = a
 * flushed position follows), flushed position, number of pending frames (int), position and payload
 * size (int) of each, number of released positions (int), each, last accepted (long), timer (long).
 * A position is its capture time and its sequence (two longs); the epoch is the index's.
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
                new CameraSequence(from.epoch(), from.newest(), from.flushedThrough());
        from.pending().forEach((position, bytes) -> add(copy, position, bytes));
        from.released().forEach(copy::restoreReleased);
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
        writePending(camera.pending(), target);
        writeReleased(camera.released(), target);
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
        CameraSequence camera =
                new CameraSequence(epoch, newest, flushed ? readPosition(epoch, source) : null);
        for (int left = source.readInt(); left > 0; left--) {
            add(camera, readPosition(epoch, source), source.readInt());
        }
        for (int left = source.readInt(); left > 0; left--) {
            camera.restoreReleased(readPosition(epoch, source));
        }
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

    private static void add(CameraSequence camera, FramePosition position, int bytes) {
        camera.add(position.captureTimeNanos(), position.sequence(), bytes);
    }

    private static void writePending(Map<FramePosition, Integer> pending, DataOutputView target)
            throws IOException {
        target.writeInt(pending.size());
        for (Map.Entry<FramePosition, Integer> frame : pending.entrySet()) {
            writePosition(frame.getKey(), target);
            target.writeInt(frame.getValue());
        }
    }

    private static void writeReleased(Set<FramePosition> released, DataOutputView target)
            throws IOException {
        target.writeInt(released.size());
        for (FramePosition position : released) {
            writePosition(position, target);
        }
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
