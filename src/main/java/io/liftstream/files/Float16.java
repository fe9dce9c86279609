package io.liftstream.files;

/** IEEE 754 half precision, which Java 17 lacks; rounds to nearest, ties to even. */
public final class Float16 {

    /** The largest finite half. */
    public static final float MAX_VALUE = 65504f;

    private static final int MIN_NORMAL_EXPONENT = -14;
    private static final int MAX_EXPONENT = 15;
    private static final int INFINITY = 0x7c00;

    private Float16() {}

    /**
     * {@return the half nearest to a value: infinite from 65520 on, as IEEE 754 says; NaN for NaN}
     *
     * @param value any float
     */
    public static short of(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        int exponent = Math.getExponent(value);
        if (exponent > MAX_EXPONENT) {
            return (short) (sign | INFINITY);
        }
        int mantissa = bits & 0x7fffff;
        if (exponent >= MIN_NORMAL_EXPONENT) {
            return (short) (sign | roundedRight((exponent + 15) << 23 | mantissa, 13));
        }
        int shift = -exponent - 1;
        return shift > 24
                ? (short) sign
                : (short) (sign | roundedRight(mantissa | 0x800000, shift));
    }

    /**
     * {@return the value of a half, exact}
     *
     * @param half its 16 bits
     */
    public static float toFloat(short half) {
        int exponent = half >>> 10 & 0x1f;
        int mantissa = half & 0x3ff;
        float magnitude;
        if (exponent == 0x1f) {
            magnitude = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = mantissa * 0x1p-24f;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | mantissa << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    private static int roundedRight(int bits, int shift) {
        int kept = bits >>> shift;
        int dropped = bits & ((1 << shift) - 1);
        int half = 1 << (shift - 1);
        boolean up = dropped > half || (dropped == half && (kept & 1) == 1);
        return up ? kept + 1 : kept;
    }
}
