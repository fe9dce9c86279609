package io.liftstream.stream;

import io.liftstream.lifting.scale.CameraScale;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a camera's scale into state.
 *
 * <p>Version 1, big-endian: version (byte), model (modified UTF-8), epoch, width, height (ints),
 * capture time (long), lo, hi, scale, shift (doubles), cells (int), reference (a float each), luma,
 * agreement (a byte each), survey hash (int), points (int), their depth (a double each).
 */
final class CameraScaleSerializer extends TypeSerializerSingleton<CameraScale> {
    static final CameraScaleSerializer INSTANCE = new CameraScaleSerializer();

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public CameraScale createInstance() {
        return null;
    }

    @Override
    public CameraScale copy(CameraScale from) {
        return from;
    }

    @Override
    public CameraScale copy(CameraScale from, CameraScale reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(CameraScale scale, DataOutputView target) throws IOException {
        target.writeByte(VERSION);
        target.writeUTF(scale.model());
        target.writeInt(scale.epoch());
        target.writeInt(scale.width());
        target.writeInt(scale.height());
        target.writeLong(scale.captureTimeNanos());
        target.writeDouble(scale.lo());
        target.writeDouble(scale.hi());
        target.writeDouble(scale.scale());
        target.writeDouble(scale.shift());
        target.writeInt(scale.reference().length);
        for (float depth : scale.reference()) {
            target.writeFloat(depth);
        }
        target.write(scale.luma());
        target.write(scale.agreement());
        target.writeInt(scale.surveyHash());
        target.writeInt(scale.surveyed().length);
        for (double depth : scale.surveyed()) {
            target.writeDouble(depth);
        }
    }

    @Override
    public CameraScale deserialize(DataInputView source) throws IOException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "A camera's scale has version "
                            + version
                            + ": this build reads version "
                            + VERSION
                            + "; restore with the build that wrote it or a newer one");
        }
        String model = source.readUTF();
        int epoch = source.readInt();
        int width = source.readInt();
        int height = source.readInt();
        long captureTimeNanos = source.readLong();
        double lo = source.readDouble();
        double hi = source.readDouble();
        double scale = source.readDouble();
        double shift = source.readDouble();
        float[] reference = new float[source.readInt()];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = source.readFloat();
        }
        return new CameraScale(
                model,
                epoch,
                width,
                height,
                captureTimeNanos,
                lo,
                hi,
                scale,
                shift,
                reference,
                bytes(source, reference.length),
                bytes(source, reference.length),
                source.readInt(),
                doubles(source));
    }

    private static byte[] bytes(DataInputView source, int length) throws IOException {
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    private static double[] doubles(DataInputView source) throws IOException {
        double[] values = new double[source.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = source.readDouble();
        }
        return values;
    }

    @Override
    public CameraScale deserialize(CameraScale reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<CameraScale> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Names the serializer in savepoints; the format's version is in each record. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CameraScale> {
        /** Called by Flink when it restores. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
