package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CaptureTimeSource;
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
 * <p>Version 2, big-endian: version (byte), camera id (modified UTF-8 with its length), capture
 * time (long), sequence (long), flags (byte: 1 = counted, 2 = a stream id follows, 4 = stamped by
 * the broker, from 8 on the place of the {@link CaptureTimeSource}), stream id (as the camera id),
 * payload length (int), payload, topic (as the camera id), partition (int), offset (long), broker
 * time (long). Version 1, which is still read, has neither flags nor stream id: its frames are
 * counted and stamped by the broker.
 */
final class CameraFrameSerializer extends TypeSerializerSingleton<CameraFrame> {
    static final CameraFrameSerializer INSTANCE = new CameraFrameSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 2;
    private static final int FIRST_VERSION = 1;
    private static final int COUNTED = 1;
    private static final int STREAM = 2;
    private static final int STAMPED_BY_BROKER = 4;
    private static final int TIME_SOURCE_SHIFT = 3;
    private static final CaptureTimeSource[] TIME_SOURCES = CaptureTimeSource.values();
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
        target.writeByte(flags(frame));
        if (frame.streamId() != null) {
            target.writeUTF(frame.streamId());
        }
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
        if (version != VERSION && version != FIRST_VERSION) {
            throw new IOException(
                    "A frame in state has version "
                            + version
                            + ": this build reads versions "
                            + FIRST_VERSION
                            + " and "
                            + VERSION
                            + "; restore with the build that wrote it or a newer one");
        }
        String cameraId = source.readUTF();
        long captureTimeNanos = source.readLong();
        long sequence = source.readLong();
        int flags = version == FIRST_VERSION ? COUNTED | STAMPED_BY_BROKER : source.readByte();
        String streamId = (flags & STREAM) == 0 ? null : source.readUTF();
        byte[] payload = new byte[source.readInt()];
        source.readFully(payload);
        return new CameraFrame(
                cameraId,
                captureTimeNanos,
                sequence,
                (flags & COUNTED) != 0,
                streamId,
                payload,
                readProvenance(source, (flags & STAMPED_BY_BROKER) != 0),
                TIME_SOURCES[flags >> TIME_SOURCE_SHIFT]);
    }

    private static int flags(CameraFrame frame) {
        return (frame.counted() ? COUNTED : 0)
                | (frame.streamId() == null ? 0 : STREAM)
                | (frame.provenance().stampedByBroker() ? STAMPED_BY_BROKER : 0)
                | (frame.timeSource().ordinal() << TIME_SOURCE_SHIFT);
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

    private static Provenance readProvenance(DataInputView source, boolean stampedByBroker)
            throws IOException {
        return new Provenance(
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                source.readLong(),
                stampedByBroker);
    }

    /** Names the serializer in savepoints; the format's version is in each record. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraFrame> {
        /** Called by Flink when it restores. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
