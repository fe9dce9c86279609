package io.liftstream.input;

import io.liftstream.foxglove.ImageMessage;

/**
 * A foxglove image.
 *
 * @param message that it is
 */
record FoxgloveContents(ImageMessage message) implements RecordContents {
    static final String FRAME_ID = "frame_id";
    static final String TIMESTAMP = "timestamp";

    @Override
    public byte[] image() {
        return message.image();
    }

    @Override
    public String field(String name) {
        return message.frameId().isEmpty() ? null : message.frameId();
    }
}
