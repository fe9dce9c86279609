package io.liftstream.frame;

/** What a result's metres rest on. */
public enum MetricBasis {
    /** Depth that came with the frame, measured by a sensor. */
    SENSOR,
    /** A model that predicts distances. */
    MODEL,
    /** Surveyed points in the camera's view fix the scale of a relative model. */
    SURVEYED,
    /** Nothing: near and far are assumed, and the scale is a guess. */
    GUESS
}
