package io.liftstream.stream;

import java.util.List;

/**
 * What the frames of a batch became, in the batch's order.
 *
 * @param outcomes one for each frame
 */
public record BatchOutcome(List<FrameOutcome> outcomes) {}
