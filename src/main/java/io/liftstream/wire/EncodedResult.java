package io.liftstream.wire;

/**
 * A result as it goes to the depth topic.
 *
 * @param cameraId key of the record
 * @param id names the result: camera, epoch, capture time, sequence and model; the same frame
 *     lifted twice by the same model has the same id
 * @param captureTimeNanos nanoseconds since 1970
 * @param value the encoded {@code DepthEstimationResult} message
 */
public record EncodedResult(String cameraId, String id, long captureTimeNanos, byte[] value) {}
