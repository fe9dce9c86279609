package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import java.time.Duration;
import java.time.Instant;

/** Says why a frame has no place in its camera's order, and what its producer could change. */
final class SequenceRejections {
    private static final String STAGE = "sequence";

    private SequenceRejections() {}

    static FrameRejection of(
            Placement placement,
            CameraFrame frame,
            CameraSequence camera,
            SequencingSettings options) {
        return FrameRejection.withoutOriginal(
                placement.rejection(), STAGE, detail(placement, frame, camera, options), frame);
    }

    private static String detail(
            Placement placement,
            CameraFrame frame,
            CameraSequence camera,
            SequencingSettings options) {
        String position =
                "capture_time "
                        + instant(frame.captureTimeNanos())
                        + " with sequence "
                        + frame.sequence();
        return switch (placement) {
            case DUPLICATE -> position + " was sent before: capture_time and sequence must differ";
            case LATE_AFTER_FLUSH ->
                    position
                            + " came after a silence that released the frames after it, up to "
                            + instant(camera.lastReleased().captureTimeNanos())
                            + ": frames may pause for at most "
                            + Duration.ofMillis(options.flushAfterMillis())
                            + " (ordering.flush-after)";
            case LATE -> position + late(frame, camera, options);
            case ACCEPTED, STARTS_EPOCH ->
                    throw new IllegalArgumentException(placement + " is not a rejection");
        };
    }

    private static String late(
            CameraFrame frame, CameraSequence camera, SequencingSettings options) {
        if (frame.captureTimeNanos() < camera.watermark(options)) {
            long behind = camera.newest().captureTimeNanos() - frame.captureTimeNanos();
            return " is "
                    + Duration.ofNanos(behind)
                    + " behind the camera's newest frame: it may be at most "
                    + Duration.ofNanos(options.maxOutOfOrdernessNanos())
                    + " behind (ordering.max-out-of-orderness)";
        }
        return " is not after the frame that was released last, "
                + instant(camera.lastReleased().captureTimeNanos())
                + " with sequence "
                + camera.lastReleased().sequence()
                + ": frames of equal capture_time must come in sequence, and no more than "
                + options.maxPendingFrames()
                + " frames or "
                + options.maxPendingBytes()
                + " bytes wait (ordering.max-pending-frames, -bytes)";
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
