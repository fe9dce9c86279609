package io.liftstream.stream;

import io.liftstream.frame.FrameRejection;

/**
 * What one frame of a batch became: a frame with its depth or a rejection, never both.
 *
 * @param estimated the frame with its depth, or null
 * @param rejection the rejection, or null
 */
public record FrameOutcome(EstimatedFrame estimated, FrameRejection rejection) {

    static FrameOutcome of(EstimatedFrame estimated) {
        return new FrameOutcome(estimated, null);
    }

    static FrameOutcome of(FrameRejection rejection) {
        return new FrameOutcome(null, rejection);
    }
}
