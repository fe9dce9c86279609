package io.liftstream.lifting.scale;

/**
 * One frame as the steady scale sees it.
 *
 * @param model identity of the model that estimated the depth
 * @param epoch of the camera, counts its restarts
 * @param captureTimeNanos nanoseconds since 1970; not before that of the camera's frame before
 * @param width columns, pixels
 * @param height rows, pixels
 * @param depth relative inverse depth, finite, row-major
 * @param rgb interleaved red, green, blue of the same pixels
 * @param survey the camera's known points; null where there are none
 */
public record ScaledFrame(
        String model,
        int epoch,
        long captureTimeNanos,
        int width,
        int height,
        float[] depth,
        byte[] rgb,
        SurveyedScale survey) {}
