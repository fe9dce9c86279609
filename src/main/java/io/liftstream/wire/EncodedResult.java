package io.liftstream.wire;

/**
 * A result as it goes to the depth topic.
 *
 * @param cameraId key of the record
 * @param id names the result: where its frame was read, and the model; the same record lifted twice
 *     by the same model has the same id, whichever job lifts it
 * @param captureTimeNanos nanoseconds since 1970
 * @param value the encoded {@code DepthEstimationResult} message
 */
public record EncodedResult(String cameraId, String id, long captureTimeNanos, byte[] value) {}
