package io.liftstream.image;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;

/** How a model's input size follows from the image's size. */
public sealed interface InputSizeRule {
    /** The largest input of one image, pixels: 4096 x 4096, 201 MB as a network reads it. */
    int MAX_PIXELS = 1 << 24;

    /**
     * {@return the input size for an image}
     *
     * @param width columns of the image, at least 1
     * @param height rows of the image, at least 1
     * @throws LiftingException INVALID_COMMAND where the rule leaves no pixel of the shorter side,
     *     or more than {@link #MAX_PIXELS}
     */
    InputSize sizeFor(int width, int height);

    /**
     * The same size for every image; the aspect ratio is not kept.
     *
     * @param height rows
     * @param width columns
     */
    record Fixed(int height, int width) implements InputSizeRule {

        /**
         * Checks that both are positive, and their product is no more than {@link #MAX_PIXELS}.
         *
         * @param height rows, at least 1
         * @param width columns, at least 1
         */
        public Fixed {
            requirePositive("height", height);
            requirePositive("width", width);
            requireHeld(height, width);
        }

        @Override
        public InputSize sizeFor(int imageWidth, int imageHeight) {
            return new InputSize(height, width);
        }
    }

    /**
     * Scales the image by one factor for both sides, the one of side/width and side/height that
     * changes it least, then rounds each side to the nearest multiple. This is the rule of Depth
     * Anything's image processor in Hugging Face transformers ({@code keep_aspect_ratio}, {@code
     * ensure_multiple_of}).
     *
     * @param side length in pixels that one side is scaled to
     * @param multiple each side of the result is a multiple of this
     */
    record AspectPreserving(int side, int multiple) implements InputSizeRule {
        private static final long MAX_SQUARES = 8;

        /**
         * Checks that both are positive, and a square no more than {@link #MAX_PIXELS}.
         *
         * @param side rows or columns of the shorter side, at least 1
         * @param multiple what both sides are a multiple of, at least 1
         */
        public AspectPreserving {
            requirePositive("side", side);
            requirePositive("multiple", multiple);
            requireHeld(side, side);
        }

        @Override
        public InputSize sizeFor(int width, int height) {
            double scaleOfWidth = (double) side / width;
            double scaleOfHeight = (double) side / height;
            double scale =
                    Math.abs(1 - scaleOfWidth) < Math.abs(1 - scaleOfHeight)
                            ? scaleOfWidth
                            : scaleOfHeight;
            InputSize size =
                    new InputSize(nearestMultiple(scale * height), nearestMultiple(scale * width));
            if (size.height() == 0 || size.width() == 0) {
                throw new LiftingException(
                        RejectionReason.INVALID_COMMAND,
                        "image_input size",
                        width + " x " + height,
                        "scaled to side "
                                + side
                                + " its shorter side rounds to no multiple of "
                                + multiple
                                + "; give an image whose sides are less unequal");
            }
            requireBounded(size, width, height);
            return size;
        }

        /** A strip scaled by its short side would make an input that no memory holds. */
        private void requireBounded(InputSize size, int width, int height) {
            long most = Math.min(MAX_SQUARES * side * side, MAX_PIXELS);
            if ((long) size.height() * size.width() > most) {
                throw new LiftingException(
                        RejectionReason.INVALID_COMMAND,
                        "image_input size",
                        width + " x " + height,
                        "scaled for the network it has more than "
                                + most
                                + " pixels; give an image whose sides are less unequal");
            }
        }

        private int nearestMultiple(double length) {
            // Half goes to the even neighbour, as in Python's round.
            return (int) (Math.rint(length / multiple) * multiple);
        }
    }

    private static void requireHeld(int height, int width) {
        if ((long) height * width > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "input size is "
                            + height
                            + " x "
                            + width
                            + ": it may have at most "
                            + MAX_PIXELS
                            + " pixels");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "input size " + name + " is " + value + ": it must be positive");
        }
    }
}
