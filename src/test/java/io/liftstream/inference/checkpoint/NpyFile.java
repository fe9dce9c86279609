package io.liftstream.inference.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A NumPy array file of version 1.0, little-endian, C order. */
final class NpyFile {
    private static final int HEADER_LENGTH_AT = 8;
    private static final int HEADER_AT = 10;

    private NpyFile() {}

    /** The values of a float32 file, or of a uint8 file that stands for {@code u / 64 - 2}. */
    static float[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Short.toUnsignedInt(bytes.getShort(HEADER_LENGTH_AT));
        String header = new String(bytes.array(), HEADER_AT, length, StandardCharsets.US_ASCII);
        bytes.position(HEADER_AT + length);
        if (header.contains("'|u1'")) {
            float[] values = new float[bytes.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Byte.toUnsignedInt(bytes.get()) / 64.0f - 2.0f;
            }
            return values;
        }
        if (!header.contains("'<f4'")) {
            throw new IOException(file + " is neither float32 nor uint8: " + header);
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
