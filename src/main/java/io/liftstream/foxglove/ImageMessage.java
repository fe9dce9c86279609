package io.liftstream.foxglove;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageSize;
import io.liftstream.proto.foxglove.CompressedImage;
import io.liftstream.proto.foxglove.RawImage;
import java.io.IOException;
import java.util.Optional;

/**
 * A {@code foxglove.CompressedImage} or {@code foxglove.RawImage}. Which of them bytes are, their
 * second field tells: data in one, a number in the other.
 */
public final class ImageMessage {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final CompressedImage compressed;
    private final RawImage raw;

    private ImageMessage(CompressedImage compressed, RawImage raw) {
        this.compressed = compressed;
        this.raw = raw;
    }

    /**
     * {@return the message, or empty where the bytes are neither}
     *
     * @param bytes which nobody writes to any more
     */
    public static Optional<ImageMessage> read(byte[] bytes) {
        CompressedImage compressed = parse(CompressedImage.parser(), bytes);
        if (compressed != null
                && isKnown(compressed.getUnknownFields())
                && !compressed.getData().isEmpty()) {
            return Optional.of(new ImageMessage(compressed, null));
        }
        RawImage raw = parse(RawImage.parser(), bytes);
        return raw != null && isKnown(raw.getUnknownFields()) && !raw.getData().isEmpty()
                ? Optional.of(new ImageMessage(null, raw))
                : Optional.empty();
    }

    private static <T extends MessageLite> T parse(Parser<T> parser, byte[] bytes) {
        try {
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            T message = parser.parseFrom(input);
            input.checkLastTagWas(0);
            return message;
        } catch (IOException e) {
            return null;
        }
    }

    /** Fields of newer versions are above those of today; others are another message's. */
    private static boolean isKnown(UnknownFieldSet unknown) {
        int newest = RawImage.FRAME_ID_FIELD_NUMBER;
        return unknown.asMap().keySet().stream().allMatch(number -> number > newest);
    }

    /** {@return the name of its schema} */
    public String schema() {
        return compressed != null ? "foxglove.CompressedImage" : "foxglove.RawImage";
    }

    /** {@return its frame of reference; empty where it names none} */
    public String frameId() {
        return compressed != null ? compressed.getFrameId() : raw.getFrameId();
    }

    /**
     * {@return when it was taken, nanoseconds since 1970; empty where it says no time from 1970 to
     * 2200}
     */
    public Optional<Long> timeNanos() {
        Timestamp time = compressed != null ? compressed.getTimestamp() : raw.getTimestamp();
        boolean given = compressed != null ? compressed.hasTimestamp() : raw.hasTimestamp();
        return given && Stamps.isWithinLimits(time)
                ? Optional.of(time.getSeconds() * NANOS_PER_SECOND + time.getNanos())
                : Optional.empty();
    }

    /**
     * {@return the size that a raw image says it has; empty where the image is a file}
     *
     * @throws LiftingException as {@link #image()} does
     */
    public Optional<ImageSize> rawSize() {
        return raw == null ? Optional.empty() : Optional.of(RawPixels.size(raw));
    }

    /**
     * {@return the image file: as it was sent, or made of raw pixels}
     *
     * @throws LiftingException UNREADABLE_IMAGE where the pixels are of an encoding that is not
     *     read, or not all there
     */
    public byte[] image() {
        return compressed != null ? compressed.getData().toByteArray() : RawPixels.file(raw);
    }
}
