package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.RejectionReason;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What {@link SequenceFrames} reports: frames refused by reason, released early and flushed,
 * epochs, cameras known and forgotten, sequences no longer trusted, changes of partition, frames
 * released for memory, frames and bytes pending in this subtask, and each camera's lag.
 */
final class SequencingMetrics {
    private final RejectionCounters rejected;
    private final CameraLag lag;
    private final Counter released;
    private final Counter releasedEarly;
    private final Counter flushed;
    private final Counter epochsStarted;
    private final Counter camerasForgotten;
    private final Counter sequencesDistrusted;
    private final Counter partitionChanges;
    private final Counter releasedForMemory;
    private final AtomicLong cameras = new AtomicLong();
    private final AtomicLong pendingFrames = new AtomicLong();
    private final AtomicLong pendingBytes = new AtomicLong();

    SequencingMetrics(MetricGroup group) {
        rejected = new RejectionCounters(group);
        lag = new CameraLag(group);
        released = group.counter("releasedFrames");
        releasedEarly = group.counter("releasedEarlyFrames");
        flushed = group.counter("flushedFrames");
        epochsStarted = group.counter("epochsStarted");
        camerasForgotten = group.counter("camerasForgotten");
        sequencesDistrusted = group.counter("sequencesDistrusted");
        partitionChanges = group.counter("partitionChanges");
        releasedForMemory = group.counter("framesReleasedForMemory");
        group.gauge("cameras", (Gauge<Long>) cameras::get);
        group.gauge("pendingFrames", (Gauge<Long>) pendingFrames::get);
        group.gauge("pendingBytes", (Gauge<Long>) pendingBytes::get);
    }

    void rejected(RejectionReason reason) {
        rejected.count(reason);
    }

    void released(CameraFrame frame, long nowMillis) {
        released.inc();
        lag.measure(
                frame.cameraId(),
                nowMillis - NANOSECONDS.toMillis(frame.captureTimeNanos()),
                nowMillis);
    }

    void releasedEarly() {
        releasedEarly.inc();
    }

    void flushed(int frames) {
        flushed.inc(frames);
    }

    void epochStarted() {
        epochsStarted.inc();
    }

    void cameraForgotten() {
        camerasForgotten.inc();
        camerasBy(-1);
    }

    void camerasBy(int more) {
        cameras.lazySet(cameras.get() + more);
    }

    /** Cameras that this subtask knows. */
    long cameras() {
        return cameras.get();
    }

    /** Payload bytes of pending frames in this subtask. */
    long pendingBytes() {
        return pendingBytes.get();
    }

    void releasedForMemory(int frames) {
        releasedForMemory.inc(frames);
    }

    void sequenceDistrusted() {
        sequencesDistrusted.inc();
    }

    void partitionChanged() {
        partitionChanges.inc();
    }

    /** Takes over by how much the frames that are held have become more, or fewer. */
    void pendingBy(int frames, long bytes) {
        // One thread writes: no need of an atomic addition.
        pendingFrames.lazySet(pendingFrames.get() + frames);
        pendingBytes.lazySet(pendingBytes.get() + bytes);
    }
}
