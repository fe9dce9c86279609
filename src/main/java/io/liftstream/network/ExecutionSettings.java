package io.liftstream.network;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a network is run. One value serves all sessions of a task slot.
 *
 * @param provider what computes the layers
 * @param deviceId index of the GPU, from 0; ignored on the CPU
 * @param intraOpThreads CPU threads that share one operator; 0 = as many as there are cores. A slot
 *     among several on one machine wants 1, so that slots do not fight
 * @param gpuMemoryLimitBytes the most that a session's arena may take of the GPU; 0 = no limit
 * @param gpuRunImages images of every run on a GPU, where blank ones stand for those that are
 *     missing: another number of them costs a GPU more than running the blank ones; 1 = a run has
 *     as many as there are
 * @param runTimeoutMillis how long one run may take, milliseconds; 0 = any time
 * @param gpuRequired whether AUTO means a GPU and never the CPU
 */
public record ExecutionSettings(
        ExecutionProvider provider,
        int deviceId,
        int intraOpThreads,
        long gpuMemoryLimitBytes,
        int gpuRunImages,
        long runTimeoutMillis,
        boolean gpuRequired)
        implements Serializable {

    /**
     * Checks the ranges of the numbers.
     *
     * @param provider what computes the layers
     * @param deviceId index of the GPU, from 0
     * @param intraOpThreads CPU threads that share one operator, from 0
     * @param gpuMemoryLimitBytes the most that a session's arena may take of the GPU, from 0
     * @param gpuRunImages images of every run on a GPU, from 1
     * @param runTimeoutMillis how long one run may take, milliseconds, from 0
     * @param gpuRequired whether AUTO means a GPU and never the CPU
     */
    public ExecutionSettings {
        Objects.requireNonNull(provider, "provider");
        requireNotNegative("deviceId", deviceId);
        requireNotNegative("intraOpThreads", intraOpThreads);
        requireNotNegative("gpuMemoryLimitBytes", gpuMemoryLimitBytes);
        requireNotNegative("runTimeoutMillis", runTimeoutMillis);
        if (gpuRunImages < 1) {
            throw new IllegalArgumentException(
                    "gpuRunImages is " + gpuRunImages + ": must be 1 or more");
        }
    }

    /**
     * {@return these options on a device that is known to be there, so that AUTO does not fall back
     * to the CPU}
     *
     * @param index index of the GPU, from 0
     */
    public ExecutionSettings onGpu(int index) {
        return new ExecutionSettings(
                provider,
                index,
                intraOpThreads,
                gpuMemoryLimitBytes,
                gpuRunImages,
                runTimeoutMillis,
                true);
    }

    /** {@return AUTO on device 0 with one CPU thread, and no limit of memory or time} */
    public static ExecutionSettings defaults() {
        return on(ExecutionProvider.AUTO);
    }

    /**
     * {@return the defaults on a provider}
     *
     * @param provider of the sessions
     */
    public static ExecutionSettings on(ExecutionProvider provider) {
        return new ExecutionSettings(provider, 0, 1, 0, 1, 0, false);
    }

    /**
     * {@return the CPU with this many threads; 0 = as many as there are cores}
     *
     * @param threads threads that share one operator, from 0
     */
    public static ExecutionSettings cpu(int threads) {
        return new ExecutionSettings(ExecutionProvider.CPU, 0, threads, 0, 1, 0, false);
    }

    /**
     * {@return these options with a limit of time}
     *
     * @param millis how long one run may take, milliseconds; 0 = any time
     */
    public ExecutionSettings withRunTimeout(long millis) {
        return new ExecutionSettings(
                provider,
                deviceId,
                intraOpThreads,
                gpuMemoryLimitBytes,
                gpuRunImages,
                millis,
                gpuRequired);
    }

    /** These options with what AUTO was decided to be. */
    ExecutionSettings withProvider(ExecutionProvider decided) {
        return new ExecutionSettings(
                decided,
                deviceId,
                intraOpThreads,
                gpuMemoryLimitBytes,
                gpuRunImages,
                runTimeoutMillis,
                gpuRequired);
    }

    private static void requireNotNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is " + value + ": must be 0 or more");
        }
    }
}
