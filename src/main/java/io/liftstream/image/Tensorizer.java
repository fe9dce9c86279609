package io.liftstream.image;

import java.nio.FloatBuffer;

/**
 * Turns an image into a network's input: antialiased bicubic resize with 8-bit rounding between
 * passes, then normalisation, one plane per channel. Keeps its scratch memory; not thread safe.
 */
public final class Tensorizer {

    /**
     * Writes one image's tensor at the buffer's position and moves the position behind it.
     *
     * @param image the image
     * @param size rows and columns of the tensor
     * @param format mean and standard deviation of the channels
     * @param tensor direct, with room for {@code 3 * height * width} values
     */
    public void write(RgbImage image, InputSize size, TensorFormat format, FloatBuffer tensor) {
        throw new UnsupportedOperationException();
    }
}
