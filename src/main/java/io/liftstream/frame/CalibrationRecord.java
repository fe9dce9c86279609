package io.liftstream.frame;

/**
 * A record of the calibration topic, not decoded yet.
 *
 * @param key the record's key as text, the camera id; null where it has none
 * @param value a {@code CameraCalibration} message; empty for a tombstone
 * @param provenance where it was read
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared as a record.
public record CalibrationRecord(String key, byte[] value, Provenance provenance) {}
