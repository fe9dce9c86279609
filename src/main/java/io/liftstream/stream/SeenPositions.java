package io.liftstream.stream;

import java.util.Arrays;

/**
 * Fingerprints of the positions that a camera sent last, by which a frame that is sent again is
 * told from one that is merely late.
 *
 * <p>At most {@value #CAPACITY} are kept, four bytes each: two minutes of a camera at 15 frames a
 * second. It is asked about frames alone that would be refused anyway, so two positions with one
 * fingerprint, one in 4 billion pairs, turn a LATE into a DUPLICATE and nothing else.
 */
final class SeenPositions {
    static final int CAPACITY = 2048;

    private static final int SMALLEST = 16;

    private int[] fingerprints;
    private int size;
    private int oldest;

    SeenPositions() {
        this(new int[0]);
    }

    /**
     * @param fingerprints the oldest first, at most {@value #CAPACITY}; taken over
     */
    SeenPositions(int[] fingerprints) {
        this.fingerprints = fingerprints;
        this.size = fingerprints.length;
    }

    SeenPositions copy() {
        SeenPositions copy = new SeenPositions(fingerprints.clone());
        copy.size = size;
        copy.oldest = oldest;
        return copy;
    }

    /** Fingerprint of a frame of a camera that counts: the same for ever, since it is in state. */
    static int fingerprint(long captureTimeNanos, long sequence) {
        long mixed = captureTimeNanos * 0x9E3779B97F4A7C15L + sequence * 0xC2B2AE3D27D4EB4FL;
        mixed ^= mixed >>> 29;
        mixed *= 0x165667B19E3779F9L;
        return (int) (mixed >>> 32);
    }

    void add(int fingerprint) {
        if (size == CAPACITY) {
            fingerprints[oldest] = fingerprint;
            oldest = (oldest + 1) % CAPACITY;
            return;
        }
        if (size == fingerprints.length) {
            int roomy = Math.min(CAPACITY, Math.max(SMALLEST, 2 * size));
            fingerprints = Arrays.copyOf(fingerprints, roomy);
        }
        fingerprints[size++] = fingerprint;
    }

    boolean contains(int fingerprint) {
        for (int index = 0; index < size; index++) {
            if (fingerprints[index] == fingerprint) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /**
     * @param age 0 is the oldest
     */
    int get(int age) {
        return fingerprints[(oldest + age) % fingerprints.length];
    }
}
