package io.liftstream.input;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.proto.foxglove.CompressedImage;
import io.liftstream.proto.foxglove.RawImage;
import io.liftstream.wire.FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Records of every form, of one picture of 5 x 3 pixels. */
public final class Records {
    public static final long CAPTURED = 1_769_846_400_123_456_789L;
    public static final String CAPTURED_TEXT = "2026-01-31T08:00:00.123456789Z";
    public static final int WIDTH = 5;
    public static final int HEIGHT = 3;
    public static final byte[] PNG = LiftingFixture.png(WIDTH, HEIGHT);
    static final long STAMPED_MILLIS = 1_769_846_401_500L;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private Records() {}

    /** A record of the broker's time. */
    static FrameRecord of(String key, byte[] value, Map<String, String> headers) {
        return new FrameRecord(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                name -> {
                    String text = headers.get(name);
                    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
                },
                new Provenance("frames", 2, 34, STAMPED_MILLIS, true));
    }

    public static byte[] cameraFrame() {
        return FrameEncoder.encode("gate", CAPTURED, 7, PNG, null);
    }

    public static byte[] json() {
        return json(base64());
    }

    /** With this text as its image. */
    static byte[] json(String image) {
        return ("{\"meta\": {\"cam\": \"gate\", \"n\": [1, 2]}, \"time\": \""
                        + CAPTURED_TEXT
                        + "\", \"image\": \""
                        + image
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String base64() {
        return Base64.getEncoder().encodeToString(PNG);
    }

    public static byte[] compressedImage() {
        return CompressedImage.newBuilder()
                .setTimestamp(timestamp())
                .setFrameId("gate")
                .setFormat("png")
                .setData(ByteString.copyFrom(PNG))
                .build()
                .toByteArray();
    }

    /** Rows of one further byte each. */
    public static byte[] rawImage(String encoding, int pixelBytes) {
        int step = WIDTH * pixelBytes + 1;
        byte[] data = new byte[step * HEIGHT];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i + 1);
        }
        return RawImage.newBuilder()
                .setTimestamp(timestamp())
                .setFrameId("gate")
                .setWidth(WIDTH)
                .setHeight(HEIGHT)
                .setEncoding(encoding)
                .setStep(step)
                .setData(ByteString.copyFrom(data))
                .build()
                .toByteArray();
    }

    private static Timestamp timestamp() {
        return Timestamp.newBuilder()
                .setSeconds(CAPTURED / NANOS_PER_SECOND)
                .setNanos((int) (CAPTURED % NANOS_PER_SECOND))
                .build();
    }

    /** Behind the framing of schema 7, with the path of a message where there is one. */
    public static byte[] framed(byte[] value, int... path) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.writeBytes(new byte[] {0, 0, 0, 0, 7});
        for (int part : path) {
            framed.write(part);
        }
        framed.writeBytes(value);
        return framed.toByteArray();
    }
}
