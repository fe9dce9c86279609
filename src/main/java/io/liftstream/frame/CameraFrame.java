package io.liftstream.frame;

/**
 * One frame of one camera, checked for identity and presence.
 *
 * <p>The payload is the frame record's value exactly as it was read: it is parsed again where it is
 * lifted, so that state, savepoints and rejections hold the producer's own bytes. Nobody writes to
 * it.
 *
 * @param cameraId 1 to 128 characters of {@code [A-Za-z0-9._-]}
 * @param captureTimeNanos capture time by the camera's clock, nanoseconds since 1970
 * @param sequence the camera's frame counter, not negative; of a camera that does not count, the
 *     record's offset, so that its frames of one capture time have an order
 * @param counted whether the camera counts its frames
 * @param streamId names what the camera has sent since it started, or null
 * @param payload the record's value: an encoded {@code CameraFrame} message, unless {@code
 *     input.format} says otherwise; empty where it was left behind
 * @param provenance where it was read
 * @param timeSource where its capture time was found
 */
public record CameraFrame(
        String cameraId,
        long captureTimeNanos,
        long sequence,
        boolean counted,
        String streamId,
        byte[] payload,
        Provenance provenance,
        CaptureTimeSource timeSource) {

    /**
     * A frame that says its capture time itself.
     *
     * @param cameraId 1 to 128 characters of {@code [A-Za-z0-9._-]}
     * @param captureTimeNanos capture time by the camera's clock, nanoseconds since 1970
     * @param sequence the camera's frame counter, not negative, or the record's offset
     * @param counted whether the camera counts its frames
     * @param streamId names what the camera has sent since it started, or null
     * @param payload the encoded {@code CameraFrame} message
     * @param provenance where it was read
     */
    public CameraFrame(
            String cameraId,
            long captureTimeNanos,
            long sequence,
            boolean counted,
            String streamId,
            byte[] payload,
            Provenance provenance) {
        this(
                cameraId,
                captureTimeNanos,
                sequence,
                counted,
                streamId,
                payload,
                provenance,
                CaptureTimeSource.MESSAGE);
    }

    /**
     * A frame of a camera that counts its frames and does not name its streams.
     *
     * @param cameraId 1 to 128 characters of {@code [A-Za-z0-9._-]}
     * @param captureTimeNanos capture time by the camera's clock, nanoseconds since 1970
     * @param sequence the camera's frame counter, not negative
     * @param payload the encoded {@code CameraFrame} message
     * @param provenance where it was read
     */
    public CameraFrame(
            String cameraId,
            long captureTimeNanos,
            long sequence,
            byte[] payload,
            Provenance provenance) {
        this(cameraId, captureTimeNanos, sequence, true, null, payload, provenance);
    }

    /**
     * {@return whether there is anything to lift; a message that names its camera is never empty}
     */
    public boolean hasPayload() {
        return payload.length > 0;
    }

    /**
     * {@return the frame's place in its camera's order alone, for a frame that is not to be lifted}
     */
    public CameraFrame withoutPayload() {
        return new CameraFrame(
                cameraId,
                captureTimeNanos,
                sequence,
                counted,
                streamId,
                new byte[0],
                provenance,
                timeSource);
    }

    /**
     * {@return the same with another payload}
     *
     * @param value the whole value of its record
     */
    public CameraFrame withPayload(byte[] value) {
        return new CameraFrame(
                cameraId,
                captureTimeNanos,
                sequence,
                counted,
                streamId,
                value,
                provenance,
                timeSource);
    }
}
