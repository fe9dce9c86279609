package io.liftstream.stream;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes the key under which a pending frame is held: epoch (int), capture time (long), sequence
 * (long), big-endian.
 *
 * <p>There is no version byte, because these bytes are compared: the format is for ever.
 */
final class FramePositionSerializer extends TypeSerializerSingleton<FramePosition> {
    static final FramePositionSerializer INSTANCE = new FramePositionSerializer();

    private static final long serialVersionUID = 1L;
    private static final int LENGTH = Integer.BYTES + 2 * Long.BYTES;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public FramePosition createInstance() {
        return new FramePosition(0, 0, 0);
    }

    @Override
    public FramePosition copy(FramePosition from) {
        return from;
    }

    @Override
    public FramePosition copy(FramePosition from, FramePosition reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return LENGTH;
    }

    @Override
    public void serialize(FramePosition position, DataOutputView target) throws IOException {
        target.writeInt(position.epoch());
        target.writeLong(position.captureTimeNanos());
        target.writeLong(position.sequence());
    }

    @Override
    public FramePosition deserialize(DataInputView source) throws IOException {
        return new FramePosition(source.readInt(), source.readLong(), source.readLong());
    }

    @Override
    public FramePosition deserialize(FramePosition reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        target.write(source, LENGTH);
    }

    @Override
    public TypeSerializerSnapshot<FramePosition> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in savepoints. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FramePosition> {
        /** Called by Flink when it restores. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
