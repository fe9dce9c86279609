package io.liftstream.cli.console;

import java.util.Comparator;

/**
 * Orders names as people number them: digits that stand together are a number, so that frame_2
 * comes before frame_10, with zeros before it or without. What else is there is compared letter by
 * letter.
 */
final class NumberedNames implements Comparator<String> {

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = behindDigits(a, i);
                int endB = behindDigits(b, j);
                order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                i = endA;
                j = endB;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        // Names that differ in their zeros alone still have an order.
        return order != 0 ? order : a.compareTo(b);
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static int behindDigits(String name, int from) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Numbers of any length. */
    private static int compareNumbers(String a, String b) {
        String plainA = a.replaceFirst("^0+", "");
        String plainB = b.replaceFirst("^0+", "");
        int order = Integer.compare(plainA.length(), plainB.length());
        return order != 0 ? order : plainA.compareTo(plainB);
    }
}
