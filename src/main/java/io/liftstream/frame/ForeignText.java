package io.liftstream.frame;

/**
 * Text that others wrote (producers, files, models), as it is shown to people: on one line, and
 * without what a terminal would obey or what would change the order of letters. Here alone is
 * decided what that is; refusals, rejections and records that are read go through it.
 */
public final class ForeignText {
    private static final char REPLACEMENT = '?';

    private ForeignText() {}

    /**
     * {@return the text with a question mark for each character that is not to be shown}
     *
     * @param text any text
     */
    public static String printable(String text) {
        boolean clean = text.codePoints().allMatch(ForeignText::isPrintable);
        return clean ? text : replaced(text);
    }

    private static String replaced(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        character ->
                                shown.appendCodePoint(
                                        isPrintable(character) ? character : REPLACEMENT));
        return shown.toString();
    }

    /** Escapes and line breaks, also those of Unicode; marks of direction; halves of pairs. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    false;
            default -> true;
        };
    }
}
