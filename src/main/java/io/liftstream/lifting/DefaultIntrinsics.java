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
    /**
     * A camera of square pixels that sees as much along its diagonal as PrimeSense's does, and
     * looks through the middle of the image.
     */
    SCALED_TO_IMAGE {
        @Override
        public Intrinsics forImage(int width, int height) {
            return scaledTo(width, height);
        }
    };

    private static final Intrinsics PRIME_SENSE_VALUES = new Intrinsics(525, 525, 319.5, 239.5);

    /** Of 640 x 480 pixels. */
    private static final double PRIME_SENSE_DIAGONAL = 800;

    /**
     * {@return the intrinsics of an image of this size, pixels}
     *
     * @param width columns
     * @param height rows
     */
    public abstract Intrinsics forImage(int width, int height);

    /**
     * {@return PrimeSense's values scaled to an image: focal lengths of 525/800 of its diagonal,
     * the principal point in its middle; pixel centres are on integers}
     *
     * @param width columns
     * @param height rows
     */
    public static Intrinsics scaledTo(int width, int height) {
        double focal = PRIME_SENSE_VALUES.fx() / PRIME_SENSE_DIAGONAL * Math.hypot(width, height);
        return new Intrinsics(focal, focal, (width - 1) / 2.0, (height - 1) / 2.0);
    }
}
