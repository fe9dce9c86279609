package io.liftstream.input;

import com.fasterxml.jackson.core.JsonFactory;
import io.liftstream.foxglove.ImageMessage;
import io.liftstream.image.ImageFormat;
import io.liftstream.wire.FrameDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a value looks like that is not what was expected, and what would read it.
 *
 * @param looks completes "it ..."
 * @param remedy what to do
 */
record RecordShape(String looks, String remedy) {
    private static final String COMPRESSED =
            "send values uncompressed, and let Kafka compress (compression.type)";

    /** What a value looks like; empty where it looks like nothing that is known. */
    static Optional<RecordShape> of(byte[] value) {
        return Stream.of(
                        image(value),
                        packed(value),
                        framed(value),
                        json(value),
                        base64(value),
                        cameraFrame(value),
                        foxglove(value),
                        text(value))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<RecordShape> image(byte[] value) {
        // Two letters are no sign of a BMP.
        return ImageFormat.of(value)
                .filter(format -> format != ImageFormat.BMP)
                .map(
                        format ->
                                new RecordShape(
                                        "begins like a " + format,
                                        "set input.format to image, or wrap it in a CameraFrame"));
    }

    private static Optional<RecordShape> packed(byte[] value) {
        for (Packing packing : Packing.values()) {
            if (packing.begins(value)) {
                return Optional.of(
                        new RecordShape(
                                "begins like " + packing.name().toLowerCase(Locale.ROOT),
                                COMPRESSED));
            }
        }
        return Optional.empty();
    }

    /** A zero byte alone is no sign: what follows the framing must be something. */
    private static Optional<RecordShape> framed(byte[] value) {
        if (!ConfluentFraming.isThere(value)) {
            return Optional.empty();
        }
        String looks =
                "has Confluent framing (schema id "
                        + Integer.toUnsignedString(ConfluentFraming.schemaId(value))
                        + ") around what ";
        return Stream.of(
                        inFraming(value, 5).flatMap(RecordShape::image),
                        inFraming(value, 5).flatMap(RecordShape::json),
                        inFraming(value, 6).flatMap(RecordShape::cameraFrame),
                        inFraming(value, 7).flatMap(RecordShape::cameraFrame),
                        inFraming(value, 6).flatMap(RecordShape::foxglove),
                        inFraming(value, 7).flatMap(RecordShape::foxglove))
                .flatMap(Optional::stream)
                .findFirst()
                .map(
                        inner ->
                                new RecordShape(
                                        looks + inner.looks,
                                        "set input.framing to confluent, and then "
                                                + inner.remedy));
    }

    private static Optional<byte[]> inFraming(byte[] value, int bytes) {
        return value.length > bytes
                ? Optional.of(Arrays.copyOfRange(value, bytes, value.length))
                : Optional.empty();
    }

    private static Optional<RecordShape> json(byte[] value) {
        try (var parser = new JsonFactory().createParser(value)) {
            boolean begins = parser.nextToken() != null && parser.currentToken().isStructStart();
            return begins && parser.nextToken() != null
                    ? Optional.of(
                            new RecordShape(
                                    "looks like JSON",
                                    "send CameraFrame messages, or, if it is an object with an image in"
                                            + " base64, set input.format to json"))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<RecordShape> base64(byte[] value) {
        return ImageFormat.ofBase64(value)
                .map(
                        format ->
                                new RecordShape(
                                        "looks like the base64 text of a " + format,
                                        "send the decoded bytes, and set input.format to image"));
    }

    private static Optional<RecordShape> cameraFrame(byte[] value) {
        return FrameDecoder.isCameraFrame(value)
                ? Optional.of(
                        new RecordShape(
                                "looks like a CameraFrame", "set input.format to liftstream"))
                : Optional.empty();
    }

    private static Optional<RecordShape> foxglove(byte[] value) {
        return ImageMessage.read(value)
                .map(
                        message ->
                                new RecordShape(
                                        "looks like a " + message.schema(),
                                        "set input.format to foxglove"));
    }

    private static Optional<RecordShape> text(byte[] value) {
        String read;
        try {
            read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        boolean shown =
                read.codePoints()
                        .allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c));
        return shown && !read.isBlank()
                ? Optional.of(
                        new RecordShape(
                                "looks like text",
                                "send CameraFrame messages, or see proto/README.md for what"
                                        + " input.format reads"))
                : Optional.empty();
    }

    /** Forms of compression, by their first bytes. */
    private enum Packing {
        GZIP("1f8b"),
        ZSTD("28b52ffd"),
        LZ4("04224d18"),
        ZIP("504b0304");

        private final String beginning;

        Packing(String beginning) {
            this.beginning = beginning;
        }

        boolean begins(byte[] value) {
            byte[] first = HexFormat.of().parseHex(beginning);
            return value.length >= first.length
                    && Arrays.equals(first, Arrays.copyOf(value, first.length));
        }
    }
}
