package io.liftstream.frame;

/** Where a frame's capture time was found. Written to state by its place: append only. */
public enum CaptureTimeSource {
    /** The {@code capture_time} of a {@code CameraFrame}. */
    MESSAGE,
    /** A field of a record of another format. */
    FIELD,
    /** A header of the record. */
    HEADER,
    /** The record's timestamp, set by the broker when it came. */
    BROKER,
    /** The record's timestamp, set by its producer. */
    PRODUCER
}
