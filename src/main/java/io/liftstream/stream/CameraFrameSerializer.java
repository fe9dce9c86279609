package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a frame to the network and into state; its copy is the same object, since nobody writes to
 * a frame.
 *
 * <p>Version 1, big-endian: version (byte), camera id (modified UTF-8 with its length), capture
 * time (long), sequence (long), payload length (int), payload, topic (as the camera id), partition
 * (int), offset (long), broker time (long).
 */
final class CameraFrameSerializer extends TypeSerializerSingleton<CameraFrame> {
    static final CameraFrameSerializer INSTANCE = new CameraFrameSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final CameraFrame EMPTY =
            new CameraFrame("", 0, 0, new byte[0], new Provenance("", 0, 0, 0));

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public CameraFrame createInstance() {
        return EMPTY;
    }

    @Override
    public CameraFrame copy(CameraFrame from) {
        return from;
    }

    @Override
    public CameraFrame copy(CameraFrame from, CameraFrame reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(CameraFrame frame, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeUTF(frame.cameraId());
        target.writeLong(frame.captureTimeNanos());
        target.writeLong(frame.sequence());
        target.writeInt(frame.payload().length);
        target.write(frame.payload());
        target.writeUTF(frame.provenance().topic());
        target.writeInt(frame.provenance().partition());
        target.writeLong(frame.provenance().offset());
        target.writeLong(frame.provenance().brokerTimeMillis());
    }

    @Override
    public CameraFrame deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "A frame in state has version "
                            + version
                            + ": this build reads version "
                            + VERSION
                            + "; restore with the build that wrote it or a newer one");
        }
        String cameraId = source.readUTF();
        long captureTimeNanos = source.readLong();
        long sequence = source.readLong();
        byte[] payload = new byte[source.readInt()];
        source.readFully(payload);
        return new CameraFrame(
                cameraId, captureTimeNanos, sequence, payload, readProvenance(source));
    }

    @Override
    public CameraFrame deserialize(CameraFrame reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<CameraFrame> snapshotConfiguration() {
        return new Snapshot();
    }

    private static Provenance readProvenance(DataInputView source) throws IOException {
        return new Provenance(
                source.readUTF(), source.readInt(), source.readLong(), source.readLong());
    }

    /** Names the serializer in savepoints; the format's version is in each record. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraFrame> {
        /** Called by Flink when it restores. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
