package io.liftstream.model.checkpoint;

import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.CodedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Weights on their way into an ONNX file, kept on disk until the file is written: a model of
 * gigabytes is converted with the memory of its largest tensor.
 */
final class WeightFile implements Closeable {
    private static final int PART = 1 << 16;

    private final FileChannel channel;

    /**
     * @param file an existing file that nobody else uses; its content is replaced
     */
    WeightFile(Path file) throws IOException {
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Appends values and returns where they begin.
     *
     * @param type FLOAT16, or FLOAT32
     */
    long append(float[] values, ElementType type) throws IOException {
        ByteBuffer bytes = type == ElementType.FLOAT16 ? halves(values) : floats(values);
        long position = channel.size();
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
        return position;
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer halves(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(Fp16Conversions.floatToFp16(value));
        }
        return bytes.flip();
    }

    /** Copies the bytes of one tensor. */
    void copy(long position, long length, CodedOutputStream out) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(PART);
        for (long at = position; at < position + length; at += part.limit()) {
            part.clear().limit((int) Math.min(PART, position + length - at));
            while (part.hasRemaining()) {
                if (channel.read(part, at + part.position()) < 0) {
                    throw new EOFException("the weight file is shorter than what was written");
                }
            }
            out.writeRawBytes(part.array(), 0, part.limit());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
