package io.liftstream.lifting;

import io.liftstream.frame.Intrinsics;

/** What stands in for intrinsics that nobody gave. */
public enum DefaultIntrinsics {
    /** PrimeSense's 640 x 480 values for an image of any size, as vizion3d does. */
    PRIME_SENSE {
        @Override
        public Intrinsics forImage(int width, int height) {
            return PRIME_SENSE_VALUES;
        }
    },
    /** PrimeSense's values scaled from 640 x 480 to the image: the same field of view. */
    SCALED_TO_IMAGE {
        @Override
        public Intrinsics forImage(int width, int height) {
            return scaledTo(width, height);
        }
    };

    private static final Intrinsics PRIME_SENSE_VALUES = new Intrinsics(525, 525, 319.5, 239.5);

    /**
     * {@return the intrinsics of an image of this size, pixels}
     *
     * @param width columns
     * @param height rows
     */
    public abstract Intrinsics forImage(int width, int height);

    /**
     * {@return PrimeSense's values scaled to an image: focal lengths with its sides, the principal
     * point by its distance from the image's outer edge, which lies half a pixel before the first
     * centre}
     *
     * @param width columns
     * @param height rows
     */
    public static Intrinsics scaledTo(int width, int height) {
        double columns = width / 640.0;
        double rows = height / 480.0;
        return new Intrinsics(
                PRIME_SENSE_VALUES.fx() * columns,
                PRIME_SENSE_VALUES.fy() * rows,
                (PRIME_SENSE_VALUES.cx() + 0.5) * columns - 0.5,
                (PRIME_SENSE_VALUES.cy() + 0.5) * rows - 0.5);
    }
}
