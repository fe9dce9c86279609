package io.liftstream.image;

/**
 * The size of an image, pixels.
 *
 * @param width columns
 * @param height rows
 */
public record ImageSize(int width, int height) {

    /** {@return its number of pixels} */
    public long pixels() {
        return (long) width * height;
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
