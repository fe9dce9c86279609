package io.liftstream.stream;

/**
 * A frame's place in its camera's order: by epoch, then capture time, then sequence.
 *
 * @param epoch rises with each start of the camera that was seen; unsigned
 * @param captureTimeNanos nanoseconds since 1970 by the camera's clock
 * @param sequence the camera's frame counter, or the record's offset where it does not count
 */
record FramePosition(int epoch, long captureTimeNanos, long sequence)
        implements Comparable<FramePosition> {

    @Override
    public int compareTo(FramePosition other) {
        int byEpoch = Integer.compareUnsigned(epoch, other.epoch);
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byTime = Long.compare(captureTimeNanos, other.captureTimeNanos);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    boolean isAtOrBefore(FramePosition other) {
        return compareTo(other) <= 0;
    }
}
