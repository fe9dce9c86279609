package io.liftstream.frame;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A frame that did not become a result, and why; or, where frames are shed, several frames of one
 * camera.
 *
 * @param reason what kind of fault
 * @param stage the part of the job that refused it: parse, sequence, shed, estimate or encode
 * @param detail what was wrong, the value, and what would be right
 * @param provenance where the frame was read
 * @param cameraId its camera, or the record's key, or null where neither is known
 * @param captureTimeNanos nanoseconds since 1970, null where not known
 * @param sequence the camera's frame counter, null where not known
 * @param original the frame record's value, or its beginning; null where the reason is about time
 *     alone (LATE, LATE_AFTER_FLUSH, DUPLICATE, SHED)
 * @param originalLength length of the whole value, bytes; 0 where the frame's payload was left
 *     behind
 * @param furtherOffsets further frames of the same partition for which this rejection stands, in
 *     rising order behind the offset of {@code provenance}; empty but for SHED
 */
public record FrameRejection(
        RejectionReason reason,
        String stage,
        String detail,
        Provenance provenance,
        String cameraId,
        Long captureTimeNanos,
        Long sequence,
        byte[] original,
        long originalLength,
        long[] furtherOffsets) {

    private static final long[] NONE = {};

    /**
     * A rejection of one frame.
     *
     * @param reason what kind of fault
     * @param stage the part of the job that refused it
     * @param detail what was wrong, the value, and what would be right
     * @param provenance where the frame was read
     * @param cameraId its camera, or null
     * @param captureTimeNanos nanoseconds since 1970, or null
     * @param sequence the camera's frame counter, or null
     * @param original the frame record's value, its beginning, or null
     * @param originalLength length of the whole value, bytes
     */
    public FrameRejection(
            RejectionReason reason,
            String stage,
            String detail,
            Provenance provenance,
            String cameraId,
            Long captureTimeNanos,
            Long sequence,
            byte[] original,
            long originalLength) {
        this(
                reason,
                stage,
                detail,
                provenance,
                cameraId,
                captureTimeNanos,
                sequence,
                original,
                originalLength,
                NONE);
    }

    /** {@return where all the frames were read for which this rejection stands; at least one} */
    public List<Provenance> frames() {
        return LongStream.concat(LongStream.of(provenance.offset()), LongStream.of(furtherOffsets))
                .mapToObj(provenance::withOffset)
                .toList();
    }

    /** {@return for how many frames this rejection stands; at least 1} */
    public int frameCount() {
        return 1 + furtherOffsets.length;
    }

    /**
     * Refuses a frame that had been read well; the original travels along.
     *
     * @param reason what kind of fault
     * @param stage the part of the job that refuses it
     * @param detail what was wrong, the value, and what would be right
     * @param frame the frame, whose payload becomes the original
     * @return its rejection
     */
    public static FrameRejection withOriginal(
            RejectionReason reason, String stage, String detail, CameraFrame frame) {
        return of(reason, stage, detail, frame, frame.payload());
    }

    /**
     * Refuses a frame for its time or place in order; its bytes stay on the frames topic alone.
     *
     * @param reason what kind of fault
     * @param stage the part of the job that refuses it
     * @param detail what was wrong, the value, and what would be right
     * @param frame the frame
     * @return its rejection, without an original
     */
    public static FrameRejection withoutOriginal(
            RejectionReason reason, String stage, String detail, CameraFrame frame) {
        return of(reason, stage, detail, frame, null);
    }

    /**
     * {@return the same with the whole value of its record}
     *
     * @param value of the record
     */
    public FrameRejection ofRecord(byte[] value) {
        return new FrameRejection(
                reason,
                stage,
                detail,
                provenance,
                cameraId,
                captureTimeNanos,
                sequence,
                value,
                value.length);
    }

    /**
     * {@return the same with another reason}
     *
     * @param other what kind of fault
     * @param otherDetail what was wrong, the value, and what would be right
     */
    public FrameRejection because(RejectionReason other, String otherDetail) {
        return new FrameRejection(
                other,
                stage,
                otherDetail,
                provenance,
                cameraId,
                captureTimeNanos,
                sequence,
                original,
                originalLength,
                furtherOffsets);
    }

    /**
     * {@return the same with no more of the original than travels along}
     *
     * @param maxBytes of the original, 0 or more
     */
    public FrameRejection withOriginalCutTo(int maxBytes) {
        if (original == null || original.length <= maxBytes) {
            return this;
        }
        return new FrameRejection(
                reason,
                stage,
                detail,
                provenance,
                cameraId,
                captureTimeNanos,
                sequence,
                Arrays.copyOf(original, maxBytes),
                originalLength,
                furtherOffsets);
    }

    private static FrameRejection of(
            RejectionReason reason,
            String stage,
            String detail,
            CameraFrame frame,
            byte[] original) {
        return new FrameRejection(
                reason,
                stage,
                detail,
                frame.provenance(),
                frame.cameraId(),
                frame.captureTimeNanos(),
                frame.counted() ? frame.sequence() : null,
                original,
                frame.payload().length);
    }
}
