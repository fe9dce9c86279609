package io.liftstream.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files of float32 tensors as PyTorch ({@code torch.save}) and as safetensors do. */
public final class TorchFile {
    /** A tensor whose bytes are made when they are written. */
    public record Tensor(List<Long> shape, Supplier<byte[]> bytes) {
        long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /** Opcodes as they are, for what only Python objects pickle to. */
    public record Opcodes(String latin1) {}

    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(pickle);
    private final List<Tensor> tensors = new ArrayList<>();

    private TorchFile() {}

    /** Writes maps, lists, text, numbers, booleans, null, tensors and opcodes. */
    public static Path write(Path file, Object root) throws IOException {
        TorchFile content = new TorchFile();
        content.out.write(new byte[] {(byte) 0x80, 2});
        content.value(root);
        content.out.write('.');
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "archive/data.pkl", content.pickle.toByteArray());
            for (int key = 0; key < content.tensors.size(); key++) {
                store(zip, "archive/data/" + key, content.tensors.get(key).bytes().get());
            }
        }
        return file;
    }

    /** Writes a safetensors file. */
    public static Path writeSafetensors(Path file, Map<String, Tensor> tensors) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", Map.of("format", "pt"));
        long offset = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            long end = offset + tensor.getValue().elements() * Float.BYTES;
            header.put(
                    tensor.getKey(),
                    Map.of(
                            "dtype",
                            "F32",
                            "shape",
                            tensor.getValue().shape(),
                            "data_offsets",
                            List.of(offset, end)));
            offset = end;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(safetensorsHeader(new ObjectMapper().writeValueAsString(header)));
            for (Tensor tensor : tensors.values()) {
                out.write(tensor.bytes().get());
            }
        }
        return file;
    }

    /** Length and text of a header. */
    static byte[] safetensorsHeader(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
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

    private void value(Object value) throws IOException {
        if (value == null) {
            out.write('N');
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            out.writeBytes("](");
            for (Object item : list) {
                value(item);
            }
            out.write('e');
        } else if (value instanceof Tensor tensor) {
            tensor(tensor);
        } else if (value instanceof Opcodes opcodes) {
            out.writeBytes(opcodes.latin1());
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Boolean truth) {
            out.write(truth ? 0x88 : 0x89);
        } else if (value instanceof Double number) {
            out.write('G');
            out.writeDouble(number);
        } else {
            integer(((Number) value).longValue());
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        out.writeBytes("}(");
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            value(entry.getKey());
            value(entry.getValue());
        }
        out.write('u');
    }

    private void tensor(Tensor tensor) throws IOException {
        out.writeBytes("ctorch._utils\n_rebuild_tensor_v2\n((");
        text("storage");
        out.writeBytes("ctorch\nFloatStorage\n");
        text(Integer.toString(tensors.size()));
        text("cpu");
        integer(tensor.elements());
        out.writeBytes("tQ");
        integer(0);
        tuple(tensor.shape());
        Long[] strides = new Long[tensor.shape().size()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= tensor.shape().get(axis);
        }
        tuple(Arrays.asList(strides));
        out.write(0x89);
        out.writeBytes("NtR");
        tensors.add(tensor);
    }

    private void tuple(List<Long> values) throws IOException {
        out.write('(');
        for (long value : values) {
            integer(value);
        }
        out.write('t');
    }

    private void integer(long value) throws IOException {
        out.write('J');
        out.writeInt(Integer.reverseBytes(Math.toIntExact(value)));
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeInt(Integer.reverseBytes(bytes.length));
        out.write(bytes);
    }
}
