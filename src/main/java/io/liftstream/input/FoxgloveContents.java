package io.liftstream.input;

import io.liftstream.foxglove.ImageMessage;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;

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
    public ImageSize size(ImageDecoder decoder) {
        return message.rawSize().orElseGet(() -> decoder.size(message.image()));
    }

    @Override
    public String field(String name) {
        return message.frameId().isEmpty() ? null : message.frameId();
    }
}
