package io.liftstream.lifting.scale;

/**
 * What the steady scale remembers of one camera: a coarse grid of its last picture and of the depth
 * that it agreed on. Immutable: nobody writes to the arrays. About 41 KB for pictures of 96x72
 * pixels and more.
 *
 * @param model identity of the model that estimated the depth
 * @param epoch of the camera
 * @param width columns of its pictures, pixels
 * @param height rows of its pictures, pixels
 * @param captureTimeNanos of the last frame, nanoseconds since 1970
 * @param lo smoothed low end of the steady depth's range
 * @param hi smoothed high end of the steady depth's range
 * @param scale of the last frame: steady depth is {@code scale * output + shift}
 * @param shift of the last frame
 * @param reference steady depth of each cell of the grid, row-major
 * @param luma brightness of each cell in the last frame, unsigned
 * @param agreement how well each cell's depth agreed with the reference, 0 to 255, unsigned
 * @param surveyHash tells the pixels of the known points; 0 where there are none
 * @param surveyed steady depth of each known point
 */
public record CameraScale(
        String model,
        int epoch,
        int width,
        int height,
        long captureTimeNanos,
        double lo,
        double hi,
        double scale,
        double shift,
        float[] reference,
        byte[] luma,
        byte[] agreement,
        int surveyHash,
        double[] surveyed) {}
