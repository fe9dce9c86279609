package io.liftstream.cli.demo;

/**
 * What the contact sheet and the summary tell of one lifted frame.
 *
 * @param cameraId its camera
 * @param sequence its number
 * @param captureTimeNanos capture time, nanoseconds since 1970
 * @param latencyMillis from publishing to the sending of its result
 * @param points in its cloud
 * @param minDepth least network output
 * @param maxDepth largest network output
 * @param focalLength of its camera, pixels
 * @param model name and hash
 * @param absoluteRelativeError against the true depth after alignment; NaN where that is not known
 * @param withinQuarter share of pixels within a factor of 1.25 of the true depth; NaN likewise
 */
record LiftedRow(
        String cameraId,
        long sequence,
        long captureTimeNanos,
        double latencyMillis,
        int points,
        float minDepth,
        float maxDepth,
        double focalLength,
        String model,
        double absoluteRelativeError,
        double withinQuarter) {

    boolean hasTruth() {
        return !Double.isNaN(absoluteRelativeError);
    }
}
