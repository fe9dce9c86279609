package io.liftstream.image;

/** A decoded image of one channel: a depth map as sensors and their tools write it. */
public sealed interface GreyImage permits Grey16Image, GreyFloatImage {

    /** {@return the number of columns} */
    int width();

    /** {@return the number of rows} */
    int height();
}
