package io.liftstream.model.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's safetensors: 8 bytes with the length of a JSON header, the header with type, shape
 * and place of each tensor, then the tensors' bytes, without gaps and in row-major order. <a
 * href="https://github.com/huggingface/safetensors#format">The format</a>.
 */
final class SafetensorsCheckpoint implements CheckpointContainer {
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Map<String, ElementType> TYPES =
            Map.of(
                    "F64", ElementType.FLOAT64,
                    "F32", ElementType.FLOAT32,
                    "F16", ElementType.FLOAT16,
                    "BF16", ElementType.BFLOAT16,
                    "I64", ElementType.INT64,
                    "I32", ElementType.INT32,
                    "I16", ElementType.INT16,
                    "I8", ElementType.INT8,
                    "U8", ElementType.UINT8,
                    "BOOL", ElementType.BOOL);

    /** Where a tensor's bytes are, counted from the end of the header. */
    private record Extent(String name, long begin, long end) {}

    private final FileChannel channel;
    private final long start;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Extent> extents = new LinkedHashMap<>();

    private SafetensorsCheckpoint(FileChannel channel, long start) {
        this.channel = channel;
        this.start = start;
    }

    /** Whether a file begins as this format does: a length that fits, and a JSON object. */
    static boolean begins(byte[] start) {
        return start.length == START_BYTES
                && start[Long.BYTES] == '{'
                && headerBytes(start) >>> Integer.SIZE == 0;
    }

    private static long headerBytes(byte[] start) {
        return ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    static SafetensorsCheckpoint open(Path file, byte[] beginning) throws IOException {
        long header = headerBytes(beginning);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long left = channel.size() - Long.BYTES;
            if (header > Math.min(left, MAX_HEADER_BYTES)) {
                throw Refusal.of(
                        "safetensors header",
                        header + " bytes",
                        "at most " + MAX_HEADER_BYTES + ", and the file has " + left + " left");
            }
            SafetensorsCheckpoint checkpoint =
                    new SafetensorsCheckpoint(channel, Long.BYTES + header);
            checkpoint.readHeader(bytes(channel, Long.BYTES, (int) header));
            checkpoint.requireNoGaps();
            return checkpoint;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static byte[] bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends inside its header");
            }
        }
        return bytes.array();
    }

    private void readHeader(byte[] text) throws IOException {
        try {
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).properties()) {
                if (!entry.getKey().equals(METADATA)) {
                    add(entry.getKey(), entry.getValue());
                }
            }
        } catch (JsonProcessingException e) {
            throw Refusal.of("safetensors header", "damaged", e.getOriginalMessage(), e);
        }
    }

    private void add(String name, JsonNode tensor) {
        ElementType type = TYPES.get(tensor.path("dtype").asText());
        List<Long> shape = integers(name, "shape", tensor.path("shape"));
        List<Long> place = integers(name, "data_offsets", tensor.path("data_offsets"));
        if (type == null || place.size() != 2 || place.get(1) < place.get(0)) {
            throw Refusal.of(
                    name,
                    "dtype " + tensor.path("dtype") + ", data_offsets " + place,
                    "must be one of " + TYPES.keySet() + " and a begin and an end");
        }
        long elements = (place.get(1) - place.get(0)) / type.bytes();
        tensors.put(
                name,
                new StoredTensor(
                        new StorageReference(name, type, elements), 0, shape, strides(shape)));
        extents.put(name, new Extent(name, place.get(0), place.get(1)));
    }

    private static List<Long> integers(String name, String field, JsonNode array) {
        List<Long> integers = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.isIntegralNumber() || !item.canConvertToLong() || item.asLong() < 0) {
                throw Refusal.of(name + " " + field, item, "must be integers, not negative");
            }
            integers.add(item.asLong());
        }
        if (!array.isArray() || integers.size() > MAX_RANK) {
            throw Refusal.of(
                    name + " " + field,
                    integers.size() + " numbers",
                    "must be a list of at most " + MAX_RANK);
        }
        return integers;
    }

    // Whether they count the elements that the file has is checked with every tensor's.
    private static List<Long> strides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        return List.of(strides);
    }

    // Bytes that belong to no tensor, or to two, are how a file says two things at once.
    private void requireNoGaps() throws IOException {
        long end = 0;
        List<Extent> ordered =
                extents.values().stream().sorted(Comparator.comparingLong(Extent::begin)).toList();
        for (Extent extent : ordered) {
            if (extent.begin() != end) {
                throw Refusal.of(
                        extent.name() + " data_offsets",
                        extent.begin(),
                        "must begin where the tensor before it ends, at " + end);
            }
            end = extent.end();
        }
        if (end != channel.size() - start) {
            throw Refusal.of(
                    "safetensors file",
                    channel.size() - start + " bytes of tensors",
                    "its header places " + end);
        }
    }

    @Override
    public Object root() {
        return tensors;
    }

    @Override
    public long storageBytes(String key) {
        return extents.get(key).end() - extents.get(key).begin();
    }

    @Override
    public InputStream open(String key, long offset) throws IOException {
        return new ChannelStream(channel, start + extents.get(key).begin() + offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
