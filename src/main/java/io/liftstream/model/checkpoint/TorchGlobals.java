package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of tensors and dictionaries that a checkpoint may use, compared exactly. None of them
 * runs anything of Python's: each stands for a value that {@link PickleMachine} builds itself.
 */
final class TorchGlobals {
    /** What a call in the pickle becomes: its arguments turned into a value. */
    interface Rebuild {
        Object apply(List<Object> arguments);
    }

    private static final Map<String, Rebuild> REBUILDS =
            Map.of(
                    "collections.OrderedDict", TorchGlobals::orderedDictionary,
                    "collections.defaultdict", arguments -> new LinkedHashMap<>(),
                    "torch._utils._rebuild_tensor_v2", TorchGlobals::tensor,
                    "torch._utils._rebuild_parameter", TorchGlobals::parameter);

    private TorchGlobals() {}

    /**
     * What a name stands for.
     *
     * @param key the dictionary key that the value would get, for the error
     * @return a {@link Rebuild}, an {@link ElementType} or an {@link Unbuilt}
     * @throws LiftingException naming module and name where they are not on the list
     */
    static Object find(String module, String name, String key) {
        String global = module + "." + name;
        Rebuild rebuild = REBUILDS.get(global);
        if (rebuild != null) {
            return rebuild;
        }
        Optional<ElementType> type =
                module.equals("torch") ? ElementType.ofStorageClass(name) : Optional.empty();
        if (type.isPresent()) {
            return type.get();
        }
        if (Unbuilt.isKnown(global)) {
            return new Unbuilt(global);
        }
        throw Refusal.of(
                "what the file asks for",
                global + (key.isEmpty() ? "" : " (at " + key + ")"),
                "only tensors, dictionaries, lists, numbers and text are read; nothing was"
                        + " executed; where you trust the file, save the weights alone:"
                        + " torch.save(model.state_dict(), FILE)");
    }

    /** The storage that a persistent id describes. */
    static StorageReference storage(Object id) {
        if (id instanceof PickleMachine.Tuple tuple) {
            List<Object> items = tuple.items();
            boolean view = items.size() == 6 && items.get(5) != PickleMachine.NONE;
            if (items.size() >= 5
                    && !view
                    && "storage".equals(items.get(0))
                    && items.get(1) instanceof ElementType type
                    && items.get(2) instanceof String key
                    && items.get(4) instanceof Long elements
                    && elements >= 0) {
                return new StorageReference(key, type, elements);
            }
        }
        throw Refusal.of(
                "persistent id",
                PickleMachine.describe(id),
                "must be ('storage', type, key, location, elements)");
    }

    private static Object orderedDictionary(List<Object> arguments) {
        if (!arguments.isEmpty()) {
            throw Refusal.of(
                    "call of OrderedDict", "with arguments", "must be made empty and then filled");
        }
        return new LinkedHashMap<>();
    }

    // (storage, offset, size, stride, requires_grad, backward_hooks)
    private static Object tensor(List<Object> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof StorageReference storage
                && arguments.get(1) instanceof Long offset) {
            return new StoredTensor(
                    storage, offset, integers(arguments.get(2)), integers(arguments.get(3)));
        }
        throw Refusal.of(
                "call of a tensor",
                "with other arguments",
                "must be (storage, offset, size, stride)");
    }

    private static Object parameter(List<Object> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof StoredTensor tensor) {
            return tensor;
        }
        throw Refusal.of(
                "call of a parameter", "without a tensor", "its first argument must be one");
    }

    private static List<Long> integers(Object value) {
        if (value instanceof PickleMachine.Tuple tuple
                && tuple.items().size() <= CheckpointContainer.MAX_RANK
                && tuple.items().stream().allMatch(Long.class::isInstance)) {
            return tuple.items().stream().map(Long.class::cast).toList();
        }
        throw Refusal.of(
                "size or stride of a tensor",
                PickleMachine.describe(value),
                "must be a tuple of at most " + CheckpointContainer.MAX_RANK + " integers");
    }
}
