package io.liftstream.stream;

import java.io.Serializable;

/**
 * What {@link SequenceFrames} may hold in one slot, whatever its cameras send.
 *
 * @param maxPendingBytes most payload bytes of pending frames; {@link #BY_HEAP} = a quarter of the
 *     slot's share of the heap
 * @param maxCameras most cameras that are known; {@link #BY_HEAP} = an eighth of the slot's share
 *     of the heap, at {@value #BYTES_OF_A_CAMERA} bytes each
 */
public record SlotBounds(long maxPendingBytes, int maxCameras) implements Serializable {
    /** The bound goes by the task manager's heap. */
    public static final int BY_HEAP = -1;

    /** Both bounds go by the task manager's heap. */
    public static final SlotBounds OF_HEAP = new SlotBounds(BY_HEAP, BY_HEAP);

    /** The index of a camera that has sent 2,048 frames, with what Flink keeps around it. */
    private static final int BYTES_OF_A_CAMERA = 10_240;

    private static final int PARTS_OF_PENDING = 4;
    private static final int PARTS_OF_CAMERAS = 8;

    /**
     * The same with numbers for what goes by the heap.
     *
     * @param heapBytes the task manager's heap
     * @param slots how many share it
     */
    SlotBounds resolved(long heapBytes, int slots) {
        long share = heapBytes / slots;
        long cameras = Math.max(1, share / PARTS_OF_CAMERAS / BYTES_OF_A_CAMERA);
        return new SlotBounds(
                maxPendingBytes == BY_HEAP
                        ? Math.max(1, share / PARTS_OF_PENDING)
                        : maxPendingBytes,
                maxCameras == BY_HEAP ? (int) Math.min(cameras, Integer.MAX_VALUE) : maxCameras);
    }
}
