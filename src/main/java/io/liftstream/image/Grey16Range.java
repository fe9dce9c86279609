package io.liftstream.image;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which values of a 16-bit grey picture become black and white; those between become 0 to 255 along
 * a line, rounded to the nearest, and those outside are clipped.
 *
 * <p>Thermal and machine-vision cameras (mono16) use a small part of the 65536 values, so neither
 * the high byte alone, as OpenCV has it, nor clipping at 255, as Pillow does, leaves a picture.
 */
public sealed interface Grey16Range extends Serializable {
    /** What can be written, for messages. */
    String RULE = "auto or LO:HI with 0 <= LO < HI <= 65535, such as 20000:40000";

    /**
     * Each picture's own darkest and brightest value, as viewers show mono16. The 0.1 % of its
     * pixels that are darkest and brightest do not count: one dead pixel of a sensor must not take
     * the contrast from all others. A picture of one value has that of all 65536.
     *
     * @return the range that follows each picture
     */
    static Grey16Range auto() {
        return new OfEachPicture();
    }

    /** {@return values taken as they are and clipped at 255, as vizion3d's image library does} */
    static Grey16Range clipped() {
        return new Fixed(0, 255);
    }

    /**
     * Reads a range as users write it.
     *
     * @param text {@link #RULE}
     * @return the range
     * @throws IllegalArgumentException for other text; the message is {@code text: it must be} and
     *     the rule
     */
    static Grey16Range parse(String text) {
        if (text.equals("auto")) {
            return auto();
        }
        Matcher ends = Fixed.WRITTEN.matcher(text);
        if (!ends.matches()) {
            throw new IllegalArgumentException(text + ": it must be " + RULE);
        }
        return new Fixed(Integer.parseInt(ends.group(1)), Integer.parseInt(ends.group(2)));
    }

    /**
     * {@return the values that become black and white in a picture}
     *
     * @param picture of any size
     */
    Fixed in(Grey16Image picture);

    /**
     * {@return a picture's pixels, the same in each channel}
     *
     * @param picture of any size
     */
    default RgbImage rgb(Grey16Image picture) {
        Fixed range = in(picture);
        byte[] rgb = new byte[3 * picture.values().length];
        int next = 0;
        for (short value : picture.values()) {
            byte brightness = range.brightness(value & 0xffff);
            rgb[next++] = brightness;
            rgb[next++] = brightness;
            rgb[next++] = brightness;
        }
        return new RgbImage(picture.width(), picture.height(), rgb);
    }

    /**
     * The same values in every picture: brightness can be compared over time.
     *
     * @param low is black, from 0
     * @param high is white, above {@code low} and at most 65535
     */
    record Fixed(int low, int high) implements Grey16Range {
        private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,5}):([0-9]{1,5})");
        private static final int WHITE = 255;

        /**
         * Checks the ends.
         *
         * @param low is black, from 0
         * @param high is white, above {@code low} and at most 65535
         * @throws IllegalArgumentException for other ends
         */
        public Fixed {
            if (low < 0 || high <= low || high > 0xffff) {
                throw new IllegalArgumentException(low + ":" + high + ": it must be " + RULE);
            }
        }

        @Override
        public Fixed in(Grey16Image picture) {
            return this;
        }

        private byte brightness(int value) {
            int span = high - low;
            int inside = Math.max(0, Math.min(span, value - low));
            return (byte) ((inside * WHITE + span / 2) / span);
        }
    }

    /** The ends of a picture's own values, but for the outermost 0.1 % of its pixels. */
    record OfEachPicture() implements Grey16Range {
        private static final int PIXELS_PER_OUTLIER = 1000;
        private static final Fixed ALL = new Fixed(0, 0xffff);

        @Override
        public Fixed in(Grey16Image picture) {
            int[] pixels = new int[1 << 16];
            for (short value : picture.values()) {
                pixels[value & 0xffff]++;
            }
            int outliers = picture.values().length / PIXELS_PER_OUTLIER;
            int low = 0;
            for (int darker = pixels[0]; darker <= outliers; darker += pixels[low]) {
                low++;
            }
            int high = pixels.length - 1;
            for (int brighter = pixels[high]; brighter <= outliers; brighter += pixels[high]) {
                high--;
            }
            return low < high ? new Fixed(low, high) : ALL;
        }
    }
}
