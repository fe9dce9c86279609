package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how frames travel: in our own stable format, without copies inside a task. */
public final class CameraFrameTypeInfo extends TypeInformation<CameraFrame> {
    /** There is nothing to choose, so one is enough. */
    public static final CameraFrameTypeInfo INSTANCE = new CameraFrameTypeInfo();

    private static final long serialVersionUID = 1L;

    private CameraFrameTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<CameraFrame> getTypeClass() {
        return CameraFrame.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<CameraFrame> createSerializer(SerializerConfig config) {
        return CameraFrameSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "CameraFrame";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CameraFrameTypeInfo;
    }

    @Override
    public int hashCode() {
        return CameraFrameTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CameraFrameTypeInfo;
    }
}
