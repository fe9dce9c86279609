package io.liftstream.image;

/**
 * A decoded image: 8 bits per channel, interleaved red, green, blue, rows from the top, no padding.
 *
 * <p>The array is not copied; nobody writes to it once the image is made.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb {@code 3 * width * height} values
 */
public record RgbImage(int width, int height, byte[] rgb) {

    /**
     * Checks that the array has exactly the size that width and height say.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param rgb {@code 3 * width * height} values
     */
    public RgbImage {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "an image of "
                            + width
                            + " x "
                            + height
                            + " pixels needs 3 bytes for each of at least one pixel, got "
                            + rgb.length
                            + " bytes");
        }
    }
}
