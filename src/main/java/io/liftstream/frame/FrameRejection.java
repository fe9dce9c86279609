package io.liftstream.frame;

/**
 * A frame that did not become a result, and why.
 *
 * @param reason what kind of fault
 * @param stage the part of the job that refused it: parse, sequence, estimate or encode
 * @param detail what was wrong, the value, and what would be right
 * @param provenance where the frame was read
 * @param cameraId its camera, or the record's key, or null where neither is known
 * @param captureTimeNanos nanoseconds since 1970, null where not known
 * @param sequence the camera's frame counter, null where not known
 * @param original the frame record's value, or its beginning; null where the reason is about time
 *     alone (LATE, LATE_AFTER_FLUSH, DUPLICATE, SHED)
 * @param originalLength length of the whole value, bytes
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
        long originalLength) {

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
                frame.sequence(),
                original,
                frame.payload().length);
    }
}
