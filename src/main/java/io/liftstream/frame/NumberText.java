package io.liftstream.frame;

import java.math.BigDecimal;

/** Numbers as people write them: 20 and 0.0001, not 20.0 and 1.0E-4. */
public final class NumberText {
    private static final double SMALLEST = 1e-9;
    private static final double LARGEST = 1e15;

    private NumberText() {}

    /**
     * {@return a number without an exponent, unless it has very many digits, and without zeros at
     * its end; any other value as it is}
     *
     * @param value a number, or anything else
     */
    public static String of(Object value) {
        boolean fraction = value instanceof Double || value instanceof Float;
        return fraction && hasFewDigits(Math.abs(((Number) value).doubleValue()))
                ? plain(new BigDecimal(value.toString()))
                : String.valueOf(value);
    }

    private static boolean hasFewDigits(double size) {
        return size == 0 || (size >= SMALLEST && size <= LARGEST);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
