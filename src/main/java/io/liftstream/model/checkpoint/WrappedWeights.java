package io.liftstream.model.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the network in what a training program saved: in any dictionary inside the file's, below
 * any prefix that its names have in common ({@code model.}, {@code module.}, {@code _orig_mod.}
 * ...). The network is where {@value DepthAnythingShape#FIRST_TENSOR} is.
 */
final class WrappedWeights {
    // Training programs nest two or three; a file may contain itself.
    private static final int MAX_DEPTH = 6;

    /**
     * A network of the file.
     *
     * @param path keys of the dictionaries around it, then what its tensors' names begin with
     * @param dictionary the innermost dictionary
     * @param prefix what its tensors' names begin with; empty, or with a dot at the end
     */
    record Network(String path, Map<String, Object> dictionary, String prefix) {
        private boolean owns(String name) {
            return name.startsWith(prefix);
        }
    }

    private final List<Network> networks = new ArrayList<>();
    private final List<String> unbuilt = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private WrappedWeights() {}

    /** Looks through what a file holds. */
    static WrappedWeights of(Object root) {
        WrappedWeights found = new WrappedWeights();
        found.search("", root, 0);
        return found;
    }

    private void search(String path, Object value, int depth) {
        if (value instanceof Unbuilt object) {
            unbuilt.add(path + " (" + object.global() + ")");
        }
        if (!(value instanceof Map<?, ?> map) || depth > MAX_DEPTH || !seen.add(map)) {
            return;
        }
        Map<String, Object> named = named(map);
        named.keySet().stream()
                .filter(WrappedWeights::isFirst)
                .map(name -> name.substring(0, name.length() - FIRST.length()))
                .forEach(prefix -> networks.add(new Network(join(path, prefix), named, prefix)));
        named.forEach((name, inner) -> search(join(path, name), inner, depth + 1));
    }

    private static final String FIRST = DepthAnythingShape.FIRST_TENSOR;

    private static boolean isFirst(String name) {
        return name.equals(FIRST) || name.endsWith("." + FIRST);
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static String join(String path, String name) {
        String end = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return path.isEmpty() || end.isEmpty() ? path + end : path + "." + end;
    }

    /** What was passed over, by where it is and what would have made it. */
    List<String> unbuilt() {
        return List.copyOf(unbuilt);
    }

    /**
     * The network to read.
     *
     * @param path as stated, or null where the file holds one network
     * @throws io.liftstream.frame.LiftingException where there is none, or none of this path, or
     *     several and no path
     */
    Network network(String path) {
        List<Network> chosen =
                networks.stream().filter(n -> path == null || n.path().equals(path)).toList();
        if (chosen.size() == 1) {
            return chosen.get(0);
        }
        List<String> paths = networks.stream().map(n -> '"' + n.path() + '"').toList();
        if (networks.size() > 1) {
            throw Refusal.of(
                    "networks",
                    paths,
                    "the file holds several (an average of the weights beside them, perhaps): state"
                            + " which, tensors: PATH in the catalogue or --tensors PATH");
        }
        if (networks.size() == 1) {
            throw Refusal.of("tensors", path, "the file's only network is " + paths.get(0));
        }
        return null;
    }

    /**
     * The entries of a network by the names that it gives them, and, by their full names, those
     * beside it that belong to no other network.
     */
    @SuppressWarnings(
            "ReferenceEquality") // The same dictionary object: equal ones are two networks.
    Map<String, Object> entries(Network network) {
        List<Network> others =
                networks.stream()
                        .filter(n -> n.dictionary() == network.dictionary() && n != network)
                        .toList();
        Map<String, Object> entries = new LinkedHashMap<>();
        network.dictionary()
                .forEach(
                        (name, value) -> {
                            if (network.owns(name)) {
                                entries.put(name.substring(network.prefix().length()), value);
                            }
                        });
        network.dictionary()
                .forEach(
                        (name, value) -> {
                            if (!network.owns(name)
                                    && others.stream().noneMatch(n -> n.owns(name))) {
                                entries.putIfAbsent(name, value);
                            }
                        });
        return entries;
    }
}
