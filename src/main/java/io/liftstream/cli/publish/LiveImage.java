package io.liftstream.cli.publish;

/**
 * A frame of a live camera.
 *
 * @param encoded the bytes of an image file
 * @param captureNanos when it was taken, nanoseconds since 1970
 * @param clock that said so; null where none has yet
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared as a record.
record LiveImage(byte[] encoded, long captureNanos, CaptureClock clock) {}
