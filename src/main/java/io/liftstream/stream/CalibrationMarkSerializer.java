package io.liftstream.stream;

import io.liftstream.lifting.calibration.CalibrationOrder;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes the mark of a camera's last calibration into state.
 *
 * <p>Version 1, big-endian: version (byte), valid from (long), SHA-256 (modified UTF-8), count
 * (int).
 */
final class CalibrationMarkSerializer extends TypeSerializerSingleton<CalibrationOrder.Mark> {
    static final CalibrationMarkSerializer INSTANCE = new CalibrationMarkSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public CalibrationOrder.Mark createInstance() {
        return null;
    }

    @Override
    public CalibrationOrder.Mark copy(CalibrationOrder.Mark from) {
        return from;
    }

    @Override
    public CalibrationOrder.Mark copy(CalibrationOrder.Mark from, CalibrationOrder.Mark reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(CalibrationOrder.Mark mark, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeLong(mark.validFromNanos());
        target.writeUTF(mark.sha256());
        target.writeInt(mark.count());
    }

    @Override
    public CalibrationOrder.Mark deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "A calibration's mark has version "
                            + version
                            + ": this build reads version "
                            + VERSION
                            + "; restore with the build that wrote it or a newer one");
        }
        return new CalibrationOrder.Mark(source.readLong(), source.readUTF(), source.readInt());
    }

    @Override
    public CalibrationOrder.Mark deserialize(CalibrationOrder.Mark reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<CalibrationOrder.Mark> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in savepoints; the format's version is in each record. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CalibrationOrder.Mark> {
        /** Called by Flink when it restores. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
