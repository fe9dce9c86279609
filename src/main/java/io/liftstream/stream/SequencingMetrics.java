package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.RejectionReason;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What {@link SequenceFrames} reports: frames refused by reason, released early and flushed,
 * epochs, cameras forgotten, frames and bytes pending in this subtask, and each camera's lag.
 *
 * <p>Pending frames are counted from each camera's first frame or timer after a start, because
 * keyed state cannot be listed there.
 */
final class SequencingMetrics {
    private final RejectionCounters rejected;
    private final CameraLag lag;
    private final Counter released;
    private final Counter releasedEarly;
    private final Counter flushed;
    private final Counter epochsStarted;
    private final Counter camerasForgotten;
    private final Map<String, Held> heldByCamera = new HashMap<>();
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
        group.gauge("pendingFrames", (Gauge<Long>) pendingFrames::get);
        group.gauge("pendingBytes", (Gauge<Long>) pendingBytes::get);
    }

    void rejected(RejectionReason reason) {
        rejected.count(reason);
    }

    void released(CameraFrame frame, long nowMillis) {
        released.inc();
        lag.measure(frame.cameraId(), nowMillis - NANOSECONDS.toMillis(frame.captureTimeNanos()));
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
    }

    /** Takes over what a camera holds now. */
    void pending(String cameraId, CameraSequence camera) {
        Held held = heldByCamera.computeIfAbsent(cameraId, id -> new Held());
        int frames = camera.pending().size();
        pendingFrames.addAndGet(frames - held.frames);
        pendingBytes.addAndGet(camera.pendingBytes() - held.bytes);
        held.frames = frames;
        held.bytes = camera.pendingBytes();
        if (frames == 0) {
            heldByCamera.remove(cameraId);
        }
    }

    private static final class Held {
        private int frames;
        private long bytes;
    }
}
