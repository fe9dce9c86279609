package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one pickle into plain values. Its vocabulary is data: numbers, text, lists, tuples,
 * dictionaries, and the tensors of {@link TorchGlobals}. Values that training programs keep beside
 * weights ({@link Unbuilt}) are passed over; whatever else a pickle asks for is refused at the
 * moment it is named. Nothing is ever called. It never recurses, so depth and cycles cost nothing,
 * and its memory is bounded by the pickle's length.
 *
 * <p>Opcodes as in CPython's {@code Lib/pickletools.py}, protocols 0 to 4.
 */
final class PickleMachine {
    /** A tuple; identity is enough, nobody compares tuples. */
    static final class Tuple {
        private final List<Object> items;

        Tuple(List<Object> items) {
            this.items = items;
        }

        List<Object> items() {
            return items;
        }
    }

    /** Python's None, so that null never travels. */
    static final Object NONE = new Object();

    private static final Object MARK = new Object();

    // The longest integer in use is the ten bytes of PyTorch's magic number.
    private static final int MAX_INTEGER_BYTES = 16;

    // How far below a name its dictionary key can lie; a bound, so that no pickle makes this slow.
    private static final int KEY_DISTANCE = 16;

    private final PickleInput in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();

    private final Map<String, ElementType> storages;

    private PickleMachine(PickleInput in, Map<String, ElementType> storages) {
        this.in = in;
        this.storages = storages;
    }

    /**
     * Reads up to and including STOP.
     *
     * @return a String, Long, BigInteger, Double, Boolean, {@link #NONE}, List, {@link Tuple}, Map,
     *     {@link StoredTensor} or {@link Unbuilt}
     * @throws LiftingException naming what was asked for, where it is not data
     */
    static Object read(PickleInput in) throws IOException {
        return read(in, new HashMap<>());
    }

    /**
     * As above.
     *
     * @param storages receives every storage that the pickle mentions
     */
    static Object read(PickleInput in, Map<String, ElementType> storages) throws IOException {
        PickleMachine machine = new PickleMachine(in, storages);
        try {
            return machine.run();
        } catch (EOFException e) {
            throw Refusal.of(
                    "pickle", "cut short", "the file must be complete: " + e.getMessage(), e);
        }
    }

    private Object run() throws IOException {
        int opcode = in.unsignedByte();
        while (opcode != '.') {
            if (!readScalar(opcode) && !readUnbuilt(opcode) && !readCollection(opcode)) {
                readReference(opcode);
            }
            opcode = in.unsignedByte();
        }
        return pop();
    }

    // Numbers and text. False where the opcode is none of them.
    private boolean readScalar(int opcode) throws IOException {
        switch (opcode) {
            case 'N' -> stack.add(NONE);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'K' -> stack.add((long) in.unsignedByte());
            case 'M' -> stack.add((long) in.unsignedShort());
            case 'J' -> stack.add((long) in.signedInt());
            case 0x8a -> stack.add(integer(in.unsignedByte()));
            case 0x8b -> stack.add(integer(in.unsignedInt()));
            case 'G' -> stack.add(in.bigEndianDouble());
            case 'X' -> stack.add(in.text(in.unsignedInt()));
            case 0x8c -> stack.add(in.text(in.unsignedByte()));
            case 0x8d -> stack.add(in.text(in.signedLong()));
            // Python 2 wrote text as byte strings.
            case 'U' -> stack.add(in.text(in.unsignedByte()));
            case 'T' -> stack.add(in.text(in.unsignedInt()));
            default -> {
                return false;
            }
        }
        return true;
    }

    // Bytes, sets and objects, none of which holds weights. False where the opcode is none of them.
    private boolean readUnbuilt(int opcode) throws IOException {
        switch (opcode) {
            case 'C' -> dropBytes(in.unsignedByte());
            case 'B' -> dropBytes(in.unsignedInt());
            case 0x8e, 0x96 -> dropBytes(in.signedLong());
            case 0x8f -> stack.add(Unbuilt.SET);
            case 0x90 -> {
                popToMark();
                requireUnbuilt(top());
            }
            case 0x91 -> {
                popToMark();
                stack.add(Unbuilt.SET);
            }
            case 0x81 -> {
                pop();
                stack.add(requireUnbuilt(pop()));
            }
            case 0x92 -> {
                popLast(2);
                stack.add(requireUnbuilt(pop()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void dropBytes(long length) throws IOException {
        in.bytes(length);
        stack.add(Unbuilt.BYTES);
    }

    private static Unbuilt requireUnbuilt(Object value) {
        if (value instanceof Unbuilt unbuilt) {
            return unbuilt;
        }
        throw Refusal.of(
                "what the file makes an object of",
                describe(value),
                "only tensors and dictionaries can be rebuilt");
    }

    // Lists, tuples, dictionaries. False where the opcode is none of them.
    private boolean readCollection(int opcode) {
        switch (opcode) {
            case '(' -> stack.add(MARK);
            case ')' -> stack.add(new Tuple(List.of()));
            case ']' -> stack.add(new ArrayList<>());
            case '}' -> stack.add(new LinkedHashMap<>());
            case 0x85 -> stack.add(new Tuple(popLast(1)));
            case 0x86 -> stack.add(new Tuple(popLast(2)));
            case 0x87 -> stack.add(new Tuple(popLast(3)));
            case 't' -> stack.add(new Tuple(popToMark()));
            case 'l' -> stack.add(popToMark());
            case 'd' -> {
                List<Object> items = popToMark();
                stack.add(new LinkedHashMap<>());
                put(items);
            }
            case 'a' -> append(popLast(1));
            case 'e' -> append(popToMark());
            case 's' -> put(popLast(2));
            case 'u' -> put(popToMark());
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> stack.add(top());
            default -> {
                return false;
            }
        }
        return true;
    }

    // The memo, and the opcodes by which a pickle asks for more than plain data.
    private void readReference(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> requireProtocol(in.unsignedByte());
            case 0x95 -> in.signedLong();
            case 'q' -> memo.put((long) in.unsignedByte(), top());
            case 'r' -> memo.put(in.unsignedInt(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> stack.add(remembered(in.unsignedByte()));
            case 'j' -> stack.add(remembered(in.unsignedInt()));
            case 'c' -> stack.add(TorchGlobals.find(in.line(), in.line(), nearestKey()));
            case 0x93 -> stackGlobal();
            case 'i' ->
                    throw Refusal.of(
                            "what the file asks to make",
                            in.line() + "." + in.line(),
                            "nothing is instantiated by name; nothing was executed");
            case 'Q' -> mentionStorage(TorchGlobals.storage(pop()));
            case 'R' -> reduce();
            case 'b' -> dropState();
            default ->
                    throw Refusal.of(
                            "pickle opcode",
                            "0x" + Integer.toHexString(opcode),
                            "is not among those that checkpoints of tensors use");
        }
    }

    private static void requireProtocol(int protocol) {
        if (protocol > 5) {
            throw Refusal.of("pickle protocol", protocol, "must be at most 5");
        }
    }

    private Object integer(long length) throws IOException {
        if (length > MAX_INTEGER_BYTES) {
            throw Refusal.of(
                    "length of an integer", length, "at most " + MAX_INTEGER_BYTES + " bytes");
        }
        byte[] littleEndian = in.bytes(length);
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        BigInteger value = bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private Object remembered(long slot) {
        Object value = memo.get(slot);
        if (value == null) {
            throw Refusal.of("memo slot", slot, "nothing was stored there");
        }
        return value;
    }

    private void stackGlobal() {
        String name = text(pop());
        String module = text(pop());
        stack.add(TorchGlobals.find(module, name, nearestKey()));
    }

    private void mentionStorage(StorageReference storage) {
        storages.put(storage.key(), storage.type());
        stack.add(storage);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw Refusal.of("name in the pickle", describe(value), "must be text");
    }

    private void reduce() {
        Object arguments = pop();
        Object callable = pop();
        if (callable instanceof TorchGlobals.Rebuild rebuild && arguments instanceof Tuple tuple) {
            stack.add(rebuild.apply(tuple.items()));
            return;
        }
        if (callable instanceof Unbuilt) {
            stack.add(callable);
            return;
        }
        throw Refusal.of(
                "what the file calls",
                describe(callable),
                "only tensors and dictionaries can be rebuilt");
    }

    // state_dict() pickles its dictionary's _metadata as state; nothing of it is wanted.
    private void dropState() {
        pop();
        if (!(top() instanceof Map || top() instanceof Unbuilt)) {
            throw Refusal.of(
                    "what the pickle gives a state",
                    describe(top()),
                    "only dictionaries may carry some");
        }
    }

    private void append(List<Object> items) {
        if (top() instanceof List<?>) {
            @SuppressWarnings("unchecked") // Only this machine makes lists, all of Object.
            List<Object> list = (List<Object>) top();
            list.addAll(items);
            return;
        }
        if (top() instanceof Unbuilt) {
            return;
        }
        throw Refusal.of("what the pickle appends to", describe(top()), "must be a list");
    }

    private void put(List<Object> keysAndValues) {
        if (top() instanceof Unbuilt) {
            return;
        }
        if (!(top() instanceof Map<?, ?>) || keysAndValues.size() % 2 != 0) {
            throw Refusal.of(
                    "what the pickle puts items in",
                    describe(top()),
                    "must be pairs for a dictionary");
        }
        @SuppressWarnings("unchecked") // Only this machine makes maps, all of Object to Object.
        Map<Object, Object> map = (Map<Object, Object>) top();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            // No network is kept under another key, and hashing a collection would walk it, which
            // may contain itself.
            if (key instanceof String || key instanceof Long) {
                map.put(key, keysAndValues.get(i + 1));
            }
        }
    }

    private Object top() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw Refusal.of("pickle stack", "empty", "an opcode needs a value");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object value = top();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<Object> popLast(int count) {
        List<Object> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(0, pop());
        }
        return items;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw Refusal.of("pickle stack", "without a mark", "an opcode needs one");
        }
        List<Object> above = stack.subList(mark + 1, stack.size());
        List<Object> items = new ArrayList<>(above);
        above.clear();
        stack.remove(mark);
        return items;
    }

    // The dictionary key whose value is being built: it tells the reader of an error where.
    private String nearestKey() {
        int lowest = Math.max(0, stack.size() - KEY_DISTANCE);
        for (int i = stack.size() - 1; i >= lowest; i--) {
            if (stack.get(i) instanceof String text && !text.equals("storage")) {
                return text;
            }
        }
        return "";
    }

    // By type only: the text of a collection that contains itself never ends.
    static String describe(Object value) {
        if (value == NONE) {
            return "None";
        }
        if (value instanceof Map) {
            return "a dictionary";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof StoredTensor) {
            return "a tensor";
        }
        if (value instanceof Unbuilt unbuilt) {
            return "an object made by " + unbuilt.global();
        }
        return value instanceof Tuple
                ? "a tuple"
                : "a value of type " + value.getClass().getSimpleName();
    }
}
