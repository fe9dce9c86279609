package io.liftstream.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Base64;

/** A JSON object with an image as base64 text, or as a data URL. */
final class JsonContents implements RecordContents {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(
                            com.fasterxml.jackson.databind.DeserializationFeature
                                    .USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(
                            com.fasterxml.jackson.databind.DeserializationFeature
                                    .FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** Decimal places and digits of the largest number that is written out. */
    private static final int MAX_DIGITS = 40;

    private final JsonNode object;
    private final JsonPointer image;

    private JsonContents(JsonNode object, JsonPointer image) {
        this.object = object;
        this.image = image;
    }

    /**
     * Reads a value.
     *
     * @param image pointer of the image
     * @return null where the value is no JSON object
     */
    static JsonContents read(byte[] value, String image) {
        try {
            JsonNode object = JSON.readTree(value);
            return object != null && object.isObject()
                    ? new JsonContents(object, JsonPointer.compile(image))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public byte[] image() {
        JsonNode node = object.at(image);
        if (!node.isTextual()) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "field " + image,
                    node.isMissingNode() || node.isNull() ? "missing" : "no text",
                    "put the image there as base64, or name its place with input.image");
        }
        String text = node.textValue();
        try {
            return Base64.getDecoder().decode(withoutHead(text).replaceAll("[\\r\\n]", ""));
        } catch (IllegalArgumentException e) {
            throw new LiftingException(
                    RejectionReason.UNREADABLE_IMAGE,
                    "field " + image,
                    CaptureTimes.shortened(text),
                    "it must be base64 text of an image",
                    e);
        }
    }

    /** Browsers write data:image/jpeg;base64, before it. */
    private static String withoutHead(String text) {
        int comma = text.startsWith("data:") ? text.indexOf(";base64,") : -1;
        return comma < 0 ? text : text.substring(comma + ";base64,".length());
    }

    @Override
    public String field(String name) {
        JsonNode node = object.at(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        BigDecimal number = node.isNumber() ? node.decimalValue() : null;
        if (number == null
                || number.precision() > MAX_DIGITS
                || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "field " + name,
                    "neither text nor a number of at most " + MAX_DIGITS + " digits",
                    "correct it, or name another place");
        }
        return number.toPlainString();
    }
}
