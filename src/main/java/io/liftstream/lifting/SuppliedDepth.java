package io.liftstream.lifting;

/**
 * A depth map that takes the place of a network: rows from the top, no padding, at the image's
 * size. The arrays are not copied; nobody writes to them.
 *
 * <p>One of two kinds. {@link Floats}: metres, or whatever the depth mapping reads; NaN and
 * infinities mean no measurement. {@link Raw}: a depth sensor's unsigned 16-bit values, z = raw /
 * depth_scale; 0 means no measurement.
 */
public sealed interface SuppliedDepth {

    /** {@return the number of columns} */
    int width();

    /** {@return the number of rows} */
    int height();

    /**
     * A float32 depth map.
     *
     * @param width columns
     * @param height rows
     * @param values {@code width * height} values
     */
    record Floats(int width, int height, float[] values) implements SuppliedDepth {

        /**
         * Checks the array's size.
         *
         * @param width columns
         * @param height rows
         * @param values {@code width * height} distances, row-major
         */
        public Floats {
            requireSize(width, height, values.length);
        }
    }

    /**
     * A uint16 depth map; each short is read as unsigned.
     *
     * @param width columns
     * @param height rows
     * @param values {@code width * height} values
     */
    record Raw(int width, int height, short[] values) implements SuppliedDepth {

        /**
         * Checks the array's size.
         *
         * @param width columns
         * @param height rows
         * @param values {@code width * height} unsigned values, row-major
         */
        public Raw {
            requireSize(width, height, values.length);
        }
    }

    private static void requireSize(int width, int height, int length) {
        if (width < 1 || height < 1 || (long) width * height != length) {
            throw DepthEstimationCommand.invalid(
                    "supplied_depth",
                    width + " x " + height + " with " + length + " values",
                    "give width * height values, at least one");
        }
    }
}
