package io.liftstream.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.liftstream.foxglove.ImageMessage;
import io.liftstream.image.ImageFormat;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.FramePicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The picture in a record of the frames topic, for those who look at results and do not know how
 * the job read it: told by the value alone.
 */
public final class RecordPicture {
    /** Before a message: the framing with the short or the long path of a first message. */
    private static final int[] FRAMING_BYTES = {5, 6, 7};

    private RecordPicture() {}

    /**
     * {@return the encoded image of a record; empty where it came as a path, or not at all}
     *
     * @param value of the record
     * @throws IOException where the value is nothing that a picture is found in
     * @throws io.liftstream.frame.LiftingException where raw pixels are not all there
     */
    public static Optional<byte[]> of(byte[] value) throws IOException {
        if (FrameDecoder.isCameraFrame(value)) {
            return FramePicture.of(value);
        }
        Optional<byte[]> picture = foreign(value);
        if (picture.isPresent() || !ConfluentFraming.isThere(value)) {
            return picture.isPresent() ? picture : FramePicture.of(value);
        }
        for (int bytes : FRAMING_BYTES) {
            byte[] body = Arrays.copyOfRange(value, Math.min(bytes, value.length), value.length);
            if (FrameDecoder.isCameraFrame(body)) {
                return FramePicture.of(body);
            }
            Optional<byte[]> framed = foreign(body);
            if (framed.isPresent()) {
                return framed;
            }
        }
        return FramePicture.of(value);
    }

    private static Optional<byte[]> foreign(byte[] value) {
        return ImageFormat.of(value)
                .map(format -> value)
                .or(() -> ImageMessage.read(value).map(ImageMessage::image))
                .or(() -> firstInJson(value));
    }

    private static Optional<byte[]> firstInJson(byte[] value) {
        try (var parser = new JsonFactory().createParser(value)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    String text = parser.getText();
                    String base64 =
                            text.substring(text.startsWith("data:") ? text.indexOf(',') + 1 : 0);
                    if (ImageFormat.ofBase64(base64.getBytes(StandardCharsets.ISO_8859_1))
                            .isPresent()) {
                        return Optional.of(Base64.getMimeDecoder().decode(base64));
                    }
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
