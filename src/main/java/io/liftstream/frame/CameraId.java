package io.liftstream.frame;

import java.util.regex.Pattern;

/** The rule for camera ids, which become Kafka keys and path names. */
public final class CameraId {

    /** The rule in words, for error messages. */
    public static final String RULE =
            "1 to 128 characters of A-Z a-z 0-9 . _ - and neither . nor ..";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int MAX_QUOTED_CHARACTERS = 200;

    private CameraId() {}

    /**
     * {@return whether this is a camera id}
     *
     * @param id any text
     */
    public static boolean isValid(String id) {
        return ALLOWED.matcher(id).matches() && !id.equals(".") && !id.equals("..");
    }

    /**
     * {@return a foreign string, shortened and without control characters, for an error message}
     *
     * @param text any text
     */
    public static String quoted(String text) {
        String shown =
                text.length() <= MAX_QUOTED_CHARACTERS
                        ? text
                        : text.substring(0, MAX_QUOTED_CHARACTERS) + "...";
        return '"' + ForeignText.printable(shown) + '"';
    }
}
