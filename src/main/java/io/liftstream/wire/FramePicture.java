package io.liftstream.wire;

import java.io.IOException;
import java.util.Optional;

/** The picture that a frame brought, for those who look at results. */
public final class FramePicture {

    private FramePicture() {}

    /**
     * {@return the encoded image of a frame; empty where it came as a path, or not at all}
     *
     * @param payload an encoded {@code CameraFrame} message
     * @throws IOException where the bytes are no such message
     */
    public static Optional<byte[]> of(byte[] payload) throws IOException {
        var command = FrameDecoder.parse(payload).getCommand();
        return command.hasImageBytes()
                ? Optional.of(command.getImageBytes().toByteArray())
                : Optional.empty();
    }
}
