package io.liftstream.model.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes checkpoints of real sizes with random weights, in PyTorch's zip format. */
final class RandomCheckpoint {
    /** The encoder that Depth Anything V2 Small has. */
    static final DepthAnythingShape VIT_S =
            new DepthAnythingShape(384, 12, 37, 14, List.of(48, 96, 192, 384), 64, 32);

    private RandomCheckpoint() {}

    /** Writes a network of these sizes, float32. */
    static Path write(Path file, DepthAnythingShape shape) throws IOException {
        Map<String, List<Long>> tensors = shape.expectedTensors();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "random/data.pkl", pickle(tensors));
            int key = 0;
            Random random = new Random(1);
            for (Map.Entry<String, List<Long>> tensor : tensors.entrySet()) {
                store(zip, "random/data/" + key++, values(tensor, random));
            }
        }
        return file;
    }

    private static byte[] values(Map.Entry<String, List<Long>> tensor, Random random) {
        long count = tensor.getValue().stream().reduce(1L, Math::multiplyExact);
        ByteBuffer bytes =
                ByteBuffer.allocate((int) count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        // Scales as after initialisation, so that activations neither vanish nor overflow.
        long fanIn = count / tensor.getValue().get(0);
        boolean norm = tensor.getKey().contains("norm") && tensor.getKey().endsWith("weight");
        double scale = tensor.getValue().size() == 1 ? 0.02 : 1 / Math.sqrt(fanIn);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) ((norm ? 1 : 0) + scale * random.nextGaussian()));
        }
        return bytes.array();
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] pickle(Map<String, List<Long>> tensors) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x80, 2, '}', '('});
        int key = 0;
        for (Map.Entry<String, List<Long>> tensor : tensors.entrySet()) {
            text(out, tensor.getKey());
            tensor(out, Integer.toString(key++), tensor.getValue());
        }
        out.write(new byte[] {'u', '.'});
        return bytes.toByteArray();
    }

    private static void tensor(DataOutputStream out, String key, List<Long> shape)
            throws IOException {
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        out.writeBytes("ctorch._utils\n_rebuild_tensor_v2\n((");
        text(out, "storage");
        out.writeBytes("ctorch\nFloatStorage\n");
        text(out, key);
        text(out, "cpu");
        integer(out, count);
        out.writeBytes("tQ");
        integer(out, 0);
        tuple(out, shape);
        long[] strides = new long[shape.size()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        tuple(out, java.util.Arrays.stream(strides).boxed().toList());
        out.write(0x89);
        out.writeBytes("NtR");
    }

    private static void tuple(DataOutputStream out, List<Long> values) throws IOException {
        out.write('(');
        for (long value : values) {
            integer(out, value);
        }
        out.write('t');
    }

    private static void integer(DataOutputStream out, long value) throws IOException {
        out.write('J');
        out.writeInt(Integer.reverseBytes((int) value));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeInt(Integer.reverseBytes(bytes.length));
        out.write(bytes);
    }
}
