package io.liftstream.input;

import java.io.Serializable;

/**
 * Where in a record something is found.
 *
 * @param kind of place
 * @param name of the header or field, or the camera itself; null for the key and the timestamp
 */
public record ValueSource(Kind kind, String name) implements Serializable {

    /** The record's key. */
    public static final ValueSource KEY = new ValueSource(Kind.KEY, null);

    /** The record's timestamp. */
    public static final ValueSource RECORD = new ValueSource(Kind.RECORD, null);

    /** A kind of place. */
    public enum Kind {
        /** The record's key. */
        KEY,
        /** The record's timestamp. */
        RECORD,
        /** A header of the record. */
        HEADER,
        /** A field of the value. */
        FIELD,
        /** The configuration: one camera sends all records. */
        ID
    }

    /**
     * Reads a place as it is configured: {@code key}, {@code record}, {@code header:NAME}, {@code
     * field:NAME} or {@code id:CAMERA}.
     *
     * @param text as configured
     * @return the place, or null where the text names none
     */
    public static ValueSource parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("key")) {
            return KEY;
        }
        if (trimmed.equals("record")) {
            return RECORD;
        }
        for (Kind kind : new Kind[] {Kind.HEADER, Kind.FIELD, Kind.ID}) {
            String prefix = kind.name().toLowerCase(java.util.Locale.ROOT) + ":";
            if (trimmed.startsWith(prefix) && trimmed.length() > prefix.length()) {
                return new ValueSource(kind, trimmed.substring(prefix.length()));
            }
        }
        return null;
    }

    /** {@return the place as messages name it} */
    @Override
    public String toString() {
        return name == null
                ? "the record's " + (kind == Kind.KEY ? "key" : "timestamp")
                : kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name;
    }
}
