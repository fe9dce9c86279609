package io.liftstream.cli.lift;

import io.liftstream.frame.DepthMapping;
import io.liftstream.lifting.DepthEstimationResult;

/**
 * Why pixels of an image have no point.
 *
 * @param points pixels that have one
 * @param holes pixels without a measurement
 * @param outOfRange measured pixels that lie at depth_trunc or beyond, or at no distance
 */
record PixelCounts(int points, int holes, int outOfRange) {

    /** Counts the pixels of a result that has a cloud. */
    static PixelCounts of(DepthEstimationResult result) {
        boolean distances = result.depthMapping() == DepthMapping.METRIC;
        int holes = 0;
        for (float value : result.depthMap()) {
            boolean measured = Float.isFinite(value) && (value > 0 || !distances);
            holes += measured ? 0 : 1;
        }
        int points = result.pointCloud().count();
        int kept = points + result.edgePoints();
        return new PixelCounts(points, holes, result.depthMap().length - holes - kept);
    }

    /** Whether so few measured pixels have a point that the user hardly wanted it. */
    boolean areMostlyOutOfRange() {
        return outOfRange > points;
    }
}
