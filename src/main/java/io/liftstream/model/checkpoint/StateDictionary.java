package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named tensors of an open checkpoint, each known to lie inside the file. Elements are read
 * when asked for, one tensor at a time, so memory follows the largest tensor and not the file.
 */
public final class StateDictionary implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(StateDictionary.class);

    // Java arrays end at 2 GB; the largest tensor of ViT-L has 17 MB.
    private static final long MAX_SPAN_BYTES = 1 << 30;

    private final CheckpointContainer container;
    private final Map<String, StoredTensor> tensors;

    private StateDictionary(CheckpointContainer container, Map<String, StoredTensor> tensors) {
        this.container = container;
        this.tensors = tensors;
    }

    /**
     * Opens a checkpoint in any format, whatever its network is wrapped in.
     *
     * @param file a {@code .pth}, {@code .pt}, {@code .ckpt} or {@code .safetensors} file
     * @param path which network, where the file holds several (see {@link
     *     ConversionSettings#tensors()}); or null
     * @return the dictionary, which the caller closes
     * @throws ModelException naming what is wrong with the file; nothing that the file asks for is
     *     executed
     * @throws IOException where the file cannot be read
     */
    public static StateDictionary open(Path file, String path) throws IOException {
        CheckpointContainer container = container(file);
        try {
            WrappedWeights wrapped = WrappedWeights.of(container.root());
            Map<String, StoredTensor> tensors = new LinkedHashMap<>();
            entries(container.root(), wrapped, path)
                    .forEach((name, value) -> add(tensors, name, value));
            tensors.forEach((name, tensor) -> requireInside(container, name, tensor));
            return new StateDictionary(container, Collections.unmodifiableMap(tensors));
        } catch (RuntimeException | Error e) {
            container.close();
            throw e;
        }
    }

    private static CheckpointContainer container(Path file) throws IOException {
        try {
            return CheckpointContainer.open(file);
        } catch (EOFException e) {
            throw Refusal.of("content", "cut off", "the file must be complete", e);
        }
    }

    private static Map<String, Object> entries(Object root, WrappedWeights wrapped, String path) {
        WrappedWeights.Network network = wrapped.network(path);
        if (network == null) {
            throw noNetwork(root, wrapped);
        }
        refuseForeign(network);
        if (!network.path().isEmpty()) {
            LOG.warn("The weights are those below {}", network.path());
        }
        if (!wrapped.unbuilt().isEmpty()) {
            LOG.warn("Passed over, neither built nor executed: {}", wrapped.unbuilt());
        }
        return wrapped.entries(network);
    }

    // Other networks have the same encoder; what shows them may be in front of its names.
    private static void refuseForeign(WrappedWeights.Network network) {
        Set<String> names = network.dictionary().keySet();
        String head = network.prefix() + DepthAnythingShape.HEAD;
        if (names.stream().noneMatch(name -> name.startsWith(head))) {
            ForeignNetwork.of(names)
                    .ifPresent(
                            sign -> {
                                throw Refusal.of(
                                        head + "*",
                                        "missing, although the file has "
                                                + DepthAnythingShape.FIRST_TENSOR,
                                        "the file " + sign);
                            });
        }
    }

    private static LiftingException noNetwork(Object root, WrappedWeights wrapped) {
        if (!(root instanceof Map<?, ?> map)) {
            return Refusal.of(
                    "content",
                    PickleMachine.describe(root),
                    "must be a dictionary of tensors: torch.save(model.state_dict(), FILE)");
        }
        List<String> names = map.keySet().stream().map(String::valueOf).toList();
        return Refusal.of(
                DepthAnythingShape.FIRST_TENSOR,
                "missing",
                "the file "
                        + ForeignNetwork.of(names).orElse("must be a Depth Anything checkpoint")
                        + "; found "
                        + names.stream().limit(3).toList()
                        + (wrapped.unbuilt().isEmpty() ? "" : ", not built " + wrapped.unbuilt()));
    }

    // Numbers and text beside tensors change no network; whatever could hold weights is refused.
    private static void add(Map<String, StoredTensor> tensors, String name, Object value) {
        if (value instanceof StoredTensor tensor) {
            tensors.put(name, tensor);
        } else if (DepthAnythingShape.isPartOfNetwork(name) && value != PickleMachine.NONE) {
            throw Refusal.of(name, PickleMachine.describe(value), "must be a tensor");
        }
    }

    private static void requireInside(
            CheckpointContainer container, String name, StoredTensor tensor) {
        tensor.lastElement(name);
        StorageReference storage = tensor.storage();
        long available;
        try {
            available = container.storageBytes(storage.key());
        } catch (LiftingException e) {
            throw Refusal.of(name, "has no bytes", e.getMessage(), e);
        }
        if (available % storage.type().bytes() != 0
                || available / storage.type().bytes() != storage.elements()) {
            throw Refusal.of(
                    name + " storage data/" + storage.key(),
                    available + " bytes",
                    "the file declares " + storage.elements() + " elements of " + storage.type());
        }
    }

    /** {@return all names, in the file's order} */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * {@return the tensor's shape, outermost dimension first, or null where there is none of this
     * name}
     *
     * @param name of a tensor
     */
    public List<Long> shape(String name) {
        StoredTensor tensor = tensors.get(name);
        return tensor == null ? null : tensor.shape();
    }

    /** Whether a tensor holds real numbers. */
    boolean isReal(String name) {
        return tensors.get(name).storage().type().isReal();
    }

    /** What a tensor's elements are, for messages. */
    String elementType(String name) {
        return tensors.get(name).storage().type().toString();
    }

    /**
     * A tensor's elements as float32 in row-major order. Its shape must have been found right
     * before: a view may claim far more elements than its storage has.
     */
    float[] read(String name) throws IOException {
        StoredTensor tensor = tensors.get(name);
        ElementType type = tensor.storage().type();
        long span = (tensor.lastElement(name) - tensor.offset() + 1) * type.bytes();
        if (span > MAX_SPAN_BYTES) {
            throw Refusal.of(name, span + " bytes", "at most " + MAX_SPAN_BYTES);
        }
        byte[] bytes = new byte[(int) span];
        try (InputStream in =
                container.open(tensor.storage().key(), tensor.offset() * type.bytes())) {
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw Refusal.of(name, "cut short", "the file must be complete");
            }
        }
        return gather(tensor, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static float[] gather(StoredTensor tensor, ByteBuffer span) {
        ElementType type = tensor.storage().type();
        long count = tensor.shape().stream().reduce(1L, Math::multiplyExact);
        float[] values = new float[Math.toIntExact(count)];
        if (tensor.isContiguous()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = type.read(span, i * type.bytes());
            }
            return values;
        }
        int rank = tensor.shape().size();
        long[] index = new long[rank];
        long element = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = type.read(span, (int) (element * type.bytes()));
            element = step(tensor, index, element);
        }
        return values;
    }

    // Row-major odometer: the last dimension runs fastest.
    private static long step(StoredTensor tensor, long[] index, long element) {
        long next = element;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            next += tensor.strides().get(axis);
            if (++index[axis] < tensor.shape().get(axis)) {
                return next;
            }
            next -= index[axis] * tensor.strides().get(axis);
            index[axis] = 0;
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
