package io.liftstream.input;

/** What stands before the values of the frames topic. */
public enum InputFraming {
    /** Nothing. */
    NONE,
    /** A zero byte and a schema's id, as Confluent's serializers write them. */
    CONFLUENT
}
