package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.DurationText;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.TimeUtils;

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

    /** Refuses a frame whose camera has no place. */
    static FrameRejection ofCamera(CameraFrame frame, int maxCameras) {
        return FrameRejection.withoutOriginal(
                RejectionReason.TOO_MANY_CAMERAS,
                STAGE,
                "camera_id is "
                        + frame.cameraId()
                        + ", which is not known yet, and the slot already knows "
                        + maxCameras
                        + " cameras (ordering.max-cameras)",
                frame);
    }

    private static String detail(
            Placement placement,
            CameraFrame frame,
            CameraSequence camera,
            SequencingSettings options) {
        String position = "capture_time " + instant(frame.captureTimeNanos()) + sequence(frame);
        return switch (placement) {
            case DUPLICATE -> position + " was sent before: capture_time and sequence must differ";
            case LATE_AFTER_FLUSH ->
                    position
                            + " came after the frames behind it had left before their turn, up to "
                            + instant(camera.flushedThrough().captureTimeNanos())
                            + ": frames wait "
                            + (options.boundsWaiting()
                                    ? "at most "
                                            + duration(MILLISECONDS, options.flushAfterMillis())
                                            + " (ordering.flush-after), and "
                                    : "")
                            + "only while the slot has memory"
                            + " (ordering.max-pending-bytes-per-slot)";
            case LATE -> position + late(frame, camera, options);
            case OF_ENDED_STREAM ->
                    position
                            + " is of stream_id "
                            + frame.streamId()
                            + ", which ended when the camera began "
                            + camera.streams().current();
            case PASSED ->
                    position
                            + passed(camera)
                            + ": no more than "
                            + options.maxPendingFrames()
                            + " frames or "
                            + options.maxPendingBytes()
                            + " bytes wait (ordering.max-pending-frames, -bytes)";
            case OUT_OF_SEQUENCE ->
                    position
                            + passed(camera)
                            + ", at once, because its sequence came next: a sequence must rise with capture_time, or"
                            + " set ordering.trust-sequence to false; until the camera restarts, its frames wait for"
                            + " earlier ones";
            case ACCEPTED, STARTS_EPOCH ->
                    throw new IllegalArgumentException(placement + " is not a rejection");
        };
    }

    private static String late(
            CameraFrame frame, CameraSequence camera, SequencingSettings options) {
        long behind = camera.newest().captureTimeNanos() - frame.captureTimeNanos();
        String late =
                " is "
                        + DurationText.exceeding(
                                Duration.ofNanos(behind),
                                Duration.ofNanos(options.maxOutOfOrdernessNanos()))
                        + " behind the camera's newest frame: it may be at most "
                        + duration(NANOSECONDS, options.maxOutOfOrdernessNanos())
                        + " behind (ordering.max-out-of-orderness); send frames sooner, or raise the"
                        + " option";
        int frames = camera.lateRun().frames();
        return frames == 0
                ? late
                : late
                        + ". After "
                        + LateRun.CONFIRMING_FRAMES
                        + " late frames in a row, of which this is number "
                        + frames
                        + ", the camera's clock counts as set back and its frames are lifted again";
    }

    private static String passed(CameraSequence camera) {
        return " is not after the frame that was released last, "
                + instant(camera.lastReleased().captureTimeNanos())
                + " with sequence "
                + camera.lastReleased().sequence();
    }

    private static String sequence(CameraFrame frame) {
        return frame.counted() ? " with sequence " + frame.sequence() : " without a sequence";
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    private static String duration(TimeUnit unit, long amount) {
        return TimeUtils.formatWithHighestUnit(Duration.of(amount, unit.toChronoUnit()));
    }
}
