package io.liftstream.stream;

import java.io.Serializable;

/**
 * When {@link BatchFrames} closes a batch.
 *
 * @param maxFrames most frames in a batch; 1 = no batching
 * @param maxBytes most expected result bytes of a batch; a larger frame travels alone
 * @param lingerMillis longest time that a frame waits for others, milliseconds; 0 = until the task
 *     has nothing else to do
 */
public record BatchingOptions(int maxFrames, long maxBytes, long lingerMillis)
        implements Serializable {

    /**
     * Checks the ranges.
     *
     * @param maxFrames frames of a batch, at least 1
     * @param maxBytes expected bytes of its results, at least 1
     * @param lingerMillis longest wait for more frames, milliseconds, at least 0
     * @throws IllegalArgumentException naming the option that is out of range
     */
    public BatchingOptions {
        atLeast("batch.max-frames", maxFrames, 1);
        atLeast("batch.max-bytes", maxBytes, 1);
        atLeast("batch.linger (ms)", lingerMillis, 0);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    name + " is " + value + ": it must be at least " + least);
        }
    }
}
