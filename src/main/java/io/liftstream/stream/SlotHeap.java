package io.liftstream.stream;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** A slot's share of its task manager's heap. */
final class SlotHeap {
    private SlotHeap() {}

    /** Bytes; the same for each slot of the process. */
    static long bytes(RuntimeContext context) {
        int slots =
                ((StreamingRuntimeContext) context)
                        .getTaskManagerRuntimeInfo()
                        .getConfiguration()
                        .get(TaskManagerOptions.NUM_TASK_SLOTS);
        return Runtime.getRuntime().maxMemory() / slots;
    }
}
