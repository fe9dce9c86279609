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
 * @param sequence the camera's frame counter, not negative
 * @param payload the encoded {@code CameraFrame} message
 * @param provenance where it was read
 */
public record CameraFrame(
        String cameraId,
        long captureTimeNanos,
        long sequence,
        byte[] payload,
        Provenance provenance) {}
