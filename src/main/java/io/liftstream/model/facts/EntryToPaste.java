package io.liftstream.model.facts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A catalogue of one model on one line, which a refusal shows so that its reader can paste it into
 * a file and correct it there.
 */
public final class EntryToPaste {
    private final String name;
    private final Map<String, String> keys = new LinkedHashMap<>();

    /**
     * @param name what the model is to be called; what names may not have is replaced
     * @param source as the catalogue has it
     */
    public EntryToPaste(String name, String source) {
        String allowed = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^[._-]+", "");
        this.name = allowed.isEmpty() ? "my-model" : allowed;
        with("source", source);
    }

    /**
     * Adds a key.
     *
     * @param key as {@code models.yaml} has it
     * @param value its value
     * @return this entry
     */
    public EntryToPaste with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    /** {@return the whole catalogue, YAML} */
    public String text() {
        String entry =
                keys.entrySet().stream()
                        .map(key -> key.getKey() + ": " + quoted(key.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
        return "{default: " + name + ", models: {" + name + ": " + entry + "}}";
    }

    private static String quoted(String value) {
        boolean plain = value.matches("[A-Za-z0-9][A-Za-z0-9.-]*");
        return plain ? value : "'" + value.replace("'", "''") + "'";
    }
}
