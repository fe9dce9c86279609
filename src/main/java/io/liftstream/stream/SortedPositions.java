package io.liftstream.stream;

import java.util.Arrays;

/**
 * The sorted positions of one epoch of one camera, each with its payload's size and its arrival.
 *
 * <p>They lie side by side in one array: with ten thousand cameras a tree of objects would cost a
 * cache miss for every step. Frames mostly come last and leave first, and both are cheap; a frame
 * between others moves those after it.
 */
final class SortedPositions {
    private static final int STRIDE = 4;
    private static final int SEQUENCE = 1;
    private static final int BYTES = 2;
    private static final int ARRIVAL = 3;

    private long[] values;
    private int head;
    private int tail;

    SortedPositions() {
        this(new long[0]);
    }

    private SortedPositions(long[] values) {
        this.values = values;
        this.tail = values.length;
    }

    SortedPositions copy() {
        return new SortedPositions(Arrays.copyOfRange(values, head, tail));
    }

    int size() {
        return (tail - head) / STRIDE;
    }

    boolean isEmpty() {
        return head == tail;
    }

    /**
     * {@return nanoseconds since 1970}
     *
     * @param index 0 is the oldest
     */
    long captureTimeNanos(int index) {
        return values[head + index * STRIDE];
    }

    long sequence(int index) {
        return values[head + index * STRIDE + SEQUENCE];
    }

    /** Size of the payload at this index. */
    int bytes(int index) {
        return (int) values[head + index * STRIDE + BYTES];
    }

    /** When the frame at this index arrived, wall-clock milliseconds. */
    long arrivalMillis(int index) {
        return values[head + index * STRIDE + ARRIVAL];
    }

    boolean contains(long captureTimeNanos, long sequence) {
        int index = placeOf(captureTimeNanos, sequence);
        return index < size()
                && captureTimeNanos(index) == captureTimeNanos
                && sequence(index) == sequence;
    }

    /** Puts a position that is not here yet into its place. */
    void add(long captureTimeNanos, long sequence, int bytes, long arrivalMillis) {
        int index = placeOf(captureTimeNanos, sequence);
        makeRoom();
        int at = head + index * STRIDE;
        System.arraycopy(values, at, values, at + STRIDE, tail - at);
        values[at] = captureTimeNanos;
        values[at + SEQUENCE] = sequence;
        values[at + BYTES] = bytes;
        values[at + ARRIVAL] = arrivalMillis;
        tail += STRIDE;
    }

    void removeFirst() {
        if (isEmpty()) {
            throw new IllegalStateException("no position is left to remove");
        }
        head += STRIDE;
    }

    /** Index of the first position that is not before this one. */
    private int placeOf(long captureTimeNanos, long sequence) {
        int from = 0;
        int to = size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            long time = captureTimeNanos(middle);
            if (time < captureTimeNanos
                    || (time == captureTimeNanos && sequence(middle) < sequence)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private void makeRoom() {
        if (tail + STRIDE <= values.length) {
            return;
        }
        int length = tail - head;
        boolean isHalfEmpty = values.length > 0 && 2 * length <= values.length;
        long[] roomy = isHalfEmpty ? values : new long[Math.max(4 * STRIDE, 2 * length)];
        System.arraycopy(values, head, roomy, 0, length);
        values = roomy;
        head = 0;
        tail = length;
    }
}
