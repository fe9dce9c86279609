package io.liftstream.stream;

import io.liftstream.lifting.WorkingMemory;
import java.io.Serializable;

/**
 * When {@link BatchFrames} closes a batch. The job's configuration checks the ranges.
 *
 * @param maxFrames most frames in a batch; 1 = no batching
 * @param maxBytes most memory that the frames of a batch take while they are lifted; {@link
 *     #BY_HEAP} = three eighths of the slot's share of the heap
 * @param lingerMillis longest time that a frame waits for others, milliseconds; 0 = until the task
 *     has nothing else to do
 */
public record BatchingSettings(int maxFrames, long maxBytes, long lingerMillis)
        implements Serializable {
    /** The bound goes by the task manager's heap. */
    public static final long BY_HEAP = -1;

    /**
     * The memory of a batch.
     *
     * @param heapBytes the slot's share of the heap
     */
    WorkingMemory workingMemory(long heapBytes) {
        return maxBytes == BY_HEAP ? WorkingMemory.ofSlot(heapBytes) : new WorkingMemory(maxBytes);
    }
}
