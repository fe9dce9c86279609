package io.liftstream.input;

/** What the values of the frames topic are. */
public enum InputFormat {
    /** {@code CameraFrame} messages. */
    LIFTSTREAM("a CameraFrame", true),
    /** Image files. */
    IMAGE("an image", false),
    /** JSON objects with an image as base64 text. */
    JSON("a JSON object", false),
    /** Foxglove's {@code CompressedImage} and {@code RawImage}, as protobuf. */
    FOXGLOVE("a foxglove.CompressedImage or RawImage", true);

    private final String noun;
    private final boolean protobuf;

    InputFormat(String noun, boolean protobuf) {
        this.noun = noun;
        this.protobuf = protobuf;
    }

    /** What one value is, in a sentence. */
    String noun() {
        return noun;
    }

    /** Whether a schema registry's framing has the index of a message. */
    boolean isProtobuf() {
        return protobuf;
    }
}
