package io.liftstream.stream;

import java.io.Serializable;

/**
 * When {@link BatchFrames} closes a batch. The job's configuration checks the ranges.
 *
 * @param maxFrames most frames in a batch; 1 = no batching
 * @param maxBytes most expected result bytes of a batch; a larger frame travels alone
 * @param lingerMillis longest time that a frame waits for others, milliseconds; 0 = until the task
 *     has nothing else to do
 */
public record BatchingSettings(int maxFrames, long maxBytes, long lingerMillis)
        implements Serializable {}
