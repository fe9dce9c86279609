package io.liftstream.frame;

import java.util.List;

/**
 * Released frames that are lifted together, in release order, from any cameras of one subtask.
 *
 * @param frames at least one frame
 */
public record FrameBatch(List<SequencedFrame> frames) {}
