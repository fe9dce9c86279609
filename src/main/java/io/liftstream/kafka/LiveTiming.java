package io.liftstream.kafka;

import java.time.Duration;
import java.time.Instant;

/**
 * What a source without end must know of time.
 *
 * @param firstStart broker time at which a consumer group without committed offsets begins; null
 *     for the topic's beginning
 * @param longestWait how long after it was read a frame may wait for its outcome: offsets are
 *     committed only when that is over
 */
public record LiveTiming(Instant firstStart, Duration longestWait) {}
