package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.TimeUtils;

/**
 * Sums up frames that are shed, so that each camera and partition has one rejection for a second,
 * or for {@value #MAX_FRAMES} frames, and not one for each frame; every frame's offset is in it.
 * Not thread-safe.
 */
final class ShedSums {
    static final String STAGE = "shed";

    /** So many offsets take less than a rejection may have besides its original, 4 KiB. */
    static final int MAX_FRAMES = 500;

    private final String bound;
    private final Map<Place, List<Shed>> open = new LinkedHashMap<>();

    /**
     * @param maxAgeMillis the greatest age
     */
    ShedSums(long maxAgeMillis) {
        bound =
                "live.max-age is "
                        + TimeUtils.formatWithHighestUnit(Duration.ofMillis(maxAgeMillis))
                        + "; while more comes than can be lifted, frames that waited for more than "
                        + TimeUtils.formatWithHighestUnit(
                                Duration.ofMillis(LoadShedding.TARGET_MILLIS))
                        + " to be read are shed, and those of cameras that have had their turn";
    }

    /** {@return whether a sum is complete} */
    boolean add(CameraFrame frame) {
        Place place =
                new Place(
                        frame.cameraId(),
                        frame.provenance().topic(),
                        frame.provenance().partition());
        List<Shed> frames = open.computeIfAbsent(place, camera -> new ArrayList<>());
        frames.add(Shed.of(frame));
        return frames.size() >= MAX_FRAMES;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** One rejection for each camera and partition, and begins anew. */
    List<FrameRejection> take() {
        List<FrameRejection> sums = open.values().stream().map(this::sum).toList();
        open.clear();
        return sums;
    }

    private FrameRejection sum(List<Shed> frames) {
        frames.sort(Comparator.comparingLong(Shed::offset));
        Shed first = frames.get(0);
        return new FrameRejection(
                RejectionReason.SHED,
                STAGE,
                frames.size()
                        + (frames.size() == 1 ? " frame, on" : " frames, the first of them on")
                        + " the topic since "
                        + Instant.ofEpochMilli(first.provenance.brokerTimeMillis())
                        + ": "
                        + bound,
                first.provenance,
                first.cameraId,
                first.captureTimeNanos,
                first.sequence,
                null,
                first.length,
                frames.stream().skip(1).mapToLong(Shed::offset).toArray());
    }

    private record Place(String cameraId, String topic, int partition) {}

    /** What a rejection tells of a frame: its payload must not be held for a second. */
    private record Shed(
            Provenance provenance,
            String cameraId,
            long captureTimeNanos,
            Long sequence,
            int length) {

        static Shed of(CameraFrame frame) {
            return new Shed(
                    frame.provenance(),
                    frame.cameraId(),
                    frame.captureTimeNanos(),
                    frame.counted() ? frame.sequence() : null,
                    frame.payload().length);
        }

        long offset() {
            return provenance.offset();
        }
    }
}
