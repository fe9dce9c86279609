package io.liftstream.model.checkpoint;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What one element of a PyTorch storage is, little-endian. */
enum ElementType {
    FLOAT32("FloatStorage", 4, true),
    FLOAT16("HalfStorage", 2, true),
    BFLOAT16("BFloat16Storage", 2, true),
    FLOAT64("DoubleStorage", 8, true),
    INT64("LongStorage", 8, false),
    INT32("IntStorage", 4, false),
    INT16("ShortStorage", 2, false),
    INT8("CharStorage", 1, false),
    UINT8("ByteStorage", 1, false),
    BOOL("BoolStorage", 1, false);

    private final String storageClass;
    private final int bytes;
    private final boolean real;

    ElementType(String storageClass, int bytes, boolean real) {
        this.storageClass = storageClass;
        this.bytes = bytes;
        this.real = real;
    }

    /** The type that a storage class of module {@code torch} holds. */
    static Optional<ElementType> ofStorageClass(String name) {
        for (ElementType type : values()) {
            if (type.storageClass.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Bytes per element. */
    int bytes() {
        return bytes;
    }

    /** Whether weights can be of this type. */
    boolean isReal() {
        return real;
    }

    /**
     * One element as float32: exact for the half types, rounded for float64.
     *
     * @param buffer little-endian
     * @param position in bytes
     */
    float read(ByteBuffer buffer, int position) {
        return switch (this) {
            case FLOAT32 -> buffer.getFloat(position);
            case FLOAT16 -> Fp16Conversions.fp16ToFloat(buffer.getShort(position));
            case BFLOAT16 -> Fp16Conversions.bf16ToFloat(buffer.getShort(position));
            case FLOAT64 -> (float) buffer.getDouble(position);
            case INT64, INT32, INT16, INT8, UINT8, BOOL ->
                    throw new IllegalStateException(this + " holds no weights");
        };
    }
}
