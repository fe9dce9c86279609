package io.liftstream.wire;

import com.google.protobuf.ByteString;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import java.io.IOException;
import java.util.Optional;

/** The picture that a frame brought. */
public final class FramePicture {

    /** Nearly every header lies within so many bytes. */
    private static final int HEADER_BYTES = 1 << 16;

    private FramePicture() {}

    /**
     * {@return the size of the picture that came with a frame, by its header; empty where the frame
     * names its picture by a path}
     *
     * @param payload an encoded {@code CameraFrame} message
     * @param decoder of the picture
     * @throws LiftingException MALFORMED where the bytes are no such message, UNREADABLE_IMAGE
     *     where no picture is in it, IMAGE_TOO_LARGE
     */
    public static Optional<ImageSize> size(byte[] payload, ImageDecoder decoder) {
        var command = RequestDecoder.commandOf(payload);
        return command.hasImagePath()
                ? Optional.empty()
                : Optional.of(size(command.getImageBytes(), decoder));
    }

    private static ImageSize size(ByteString picture, ImageDecoder decoder) {
        if (picture.size() > HEADER_BYTES) {
            try {
                return decoder.size(picture.substring(0, HEADER_BYTES).toByteArray());
            } catch (LiftingException e) {
                // An IMAGE_TOO_LARGE comes again; a header may lie further behind.
                return decoder.size(picture.toByteArray());
            }
        }
        return decoder.size(picture.toByteArray());
    }

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
