package io.liftstream.wire;

import com.google.protobuf.ByteString;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.WorkingMemory;
import java.io.IOException;
import java.util.Optional;

/** The picture that a frame brought, and what it takes to lift it. */
public final class FramePicture {

    /** Nearly every header lies within so many bytes. */
    private static final int HEADER_BYTES = 1 << 16;

    /** Of a picture that is not in the message: more than any slot has, less than overflows. */
    private static final long UNKNOWN = Long.MAX_VALUE / 2;

    private FramePicture() {}

    /**
     * {@return the memory that a frame takes while it is lifted, bytes; of one that names its
     * picture by a path more than there is, so that it is lifted alone}
     *
     * @param payload an encoded {@code CameraFrame} message
     * @param decoder refuses pictures that are too large: such a frame takes its own bytes alone
     */
    public static long memory(byte[] payload, ImageDecoder decoder) {
        try {
            var command = FrameDecoder.parse(payload).getCommand();
            if (!command.hasImageBytes()) {
                return UNKNOWN;
            }
            ImageSize size = size(command.getImageBytes(), decoder);
            return payload.length + WorkingMemory.bytes(size, size);
        } catch (IOException | LiftingException e) {
            // It is rejected when its turn comes, with the reason.
            return payload.length;
        }
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
