package io.liftstream.stream;

import io.liftstream.frame.FrameRejection;
import io.liftstream.wire.EncodedResult;

/**
 * What one frame became: a result or a rejection, never both.
 *
 * @param result the result, or null
 * @param rejection the rejection, or null
 */
public record FrameOutcome(EncodedResult result, FrameRejection rejection) {

    static FrameOutcome of(EncodedResult result) {
        return new FrameOutcome(result, null);
    }

    static FrameOutcome of(FrameRejection rejection) {
        return new FrameOutcome(null, rejection);
    }
}
