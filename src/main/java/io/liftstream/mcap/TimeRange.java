package io.liftstream.mcap;

/**
 * The earliest and the latest of some times, unsigned nanoseconds; both 0 for none.
 *
 * @param count how many times there were
 */
record TimeRange(long start, long end, long count) {
    static final TimeRange EMPTY = new TimeRange(0, 0, 0);

    TimeRange with(long time) {
        boolean earliest = count == 0 || Long.compareUnsigned(time, start) < 0;
        boolean latest = count == 0 || Long.compareUnsigned(time, end) > 0;
        return new TimeRange(earliest ? time : start, latest ? time : end, count + 1);
    }
}
