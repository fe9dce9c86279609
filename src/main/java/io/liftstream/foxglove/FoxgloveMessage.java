package io.liftstream.foxglove;

/**
 * A message for a viewer.
 *
 * @param topic what it belongs to, such as {@code /gate/points}
 * @param schema its kind
 * @param timeNanos its place on the viewer's time line, nanoseconds since 1970
 * @param data the encoded message; nobody writes to it
 */
public record FoxgloveMessage(String topic, FoxgloveSchema schema, long timeNanos, byte[] data) {}
