package io.liftstream.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of every form become frames; those of another kind say what they look like. */
class InputDecoderTest {
    private static final InputSettings IMAGE = settings(InputFormat.IMAGE, "key", "record");
    private static final InputSettings JSON =
            settings(InputFormat.JSON, "field:/meta/cam", "field:/time");
    private static final InputSettings FOXGLOVE =
            settings(InputFormat.FOXGLOVE, "field:frame_id", "field:timestamp");

    @Test
    void aCameraFrameSaysAllItself() {
        CameraFrame frame = frame(InputSettings.LIFTSTREAM, "gate", Records.cameraFrame());

        assertThat(frame.sequence()).isEqualTo(7);
        assertThat(frame.counted()).isTrue();
        assertThat(frame.captureTimeNanos()).isEqualTo(Records.CAPTURED);
        assertThat(frame.timeSource()).isEqualTo(CaptureTimeSource.MESSAGE);
    }

    @Test
    void anImageIsOfItsKeyAtTheTimeThatItCame() {
        CameraFrame frame = frame(IMAGE, "gate", Records.PNG);

        assertThat(frame.cameraId()).isEqualTo("gate");
        assertThat(frame.captureTimeNanos()).isEqualTo(Records.STAMPED_MILLIS * 1_000_000);
        assertThat(frame.timeSource()).isEqualTo(CaptureTimeSource.BROKER);
        assertThat(frame.counted()).isFalse();
        assertThat(frame.sequence()).isEqualTo(34);
        assertThat(imageOf(IMAGE, frame).width()).isEqualTo(Records.WIDTH);
    }

    @Test
    void theTimeOfARecordWhoseProducerStampedItIsCalledSo() {
        FrameRecord record =
                new FrameRecord(
                        "gate".getBytes(StandardCharsets.UTF_8),
                        Records.PNG,
                        name -> null,
                        new Provenance("frames", 0, 1, Records.STAMPED_MILLIS, false));

        assertThat(new InputDecoder(IMAGE).decode(record).frame().timeSource())
                .isEqualTo(CaptureTimeSource.PRODUCER);
    }

    @ParameterizedTest
    @CsvSource({
        "1769846401, true",
        "1769846401500000, true",
        "1769846401500000000, true",
        "1000, false",
    })
    void aTimestampOfAProducerInAnotherUnitIsRefused(long millis, boolean otherUnit) {
        FrameRecord record =
                new FrameRecord(
                        "gate".getBytes(StandardCharsets.UTF_8),
                        Records.PNG,
                        name -> null,
                        new Provenance("frames", 0, 1, millis, false));

        FrameRejection rejection = new InputDecoder(IMAGE).decode(record).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(rejection.detail())
                .isEqualTo(
                        "capture time (the record's timestamp) is "
                                + millis
                                + " ms since 1970: it must lie between 2001 and 2200"
                                + (otherUnit
                                        ? "; write milliseconds, not seconds, microseconds or"
                                                + " nanoseconds"
                                        : ""));
    }

    @Test
    void cameraAndTimeAreFoundInHeaders() {
        InputSettings headers = settings(InputFormat.IMAGE, "header:cam", "header:taken");
        ReceivedFrame received =
                new InputDecoder(headers)
                        .decode(
                                Records.of(
                                        "any key",
                                        Records.PNG,
                                        Map.of("cam", "gate", "taken", Records.CAPTURED_TEXT)));

        assertThat(received.frame().cameraId()).isEqualTo("gate");
        assertThat(received.frame().captureTimeNanos()).isEqualTo(Records.CAPTURED);
        assertThat(received.frame().timeSource()).isEqualTo(CaptureTimeSource.HEADER);
        assertThat(rejection(headers, "gate", Records.PNG).detail())
                .isEqualTo(
                        "camera (header cam) is missing: it must be 1 to 128 characters of A-Z a-z"
                                + " 0-9 . _ - and neither . nor ..; input.camera says where it is"
                                + " found");
    }

    @Test
    void aFieldOfAnObjectNamesTheCameraAndItsTime() {
        CameraFrame frame = frame(JSON, null, Records.json());

        assertThat(frame.cameraId()).isEqualTo("gate");
        assertThat(frame.captureTimeNanos()).isEqualTo(Records.CAPTURED);
        assertThat(frame.timeSource()).isEqualTo(CaptureTimeSource.FIELD);
        assertThat(imageOf(JSON, frame).height()).isEqualTo(Records.HEIGHT);
        byte[] url = Records.json("data:image/png;base64," + Records.base64());
        assertThat(imageOf(JSON, frame(JSON, null, url)).height()).isEqualTo(Records.HEIGHT);
    }

    @Test
    void anObjectWithoutWhatIsNeededNamesIt() {
        assertThat(rejection(JSON, "gate", "{\"meta\":{\"cam\":\"gate\"}}").detail())
                .isEqualTo(
                        "capture time (field /time) is missing: set it, or say with input.time where it"
                                + " is found");
        String timed = "{\"meta\":{\"cam\":\"gate\"},\"time\":1769846400.5";
        assertThat(rejection(JSON, "gate", timed + "}").detail())
                .isEqualTo(
                        "field /image is missing: put the image there as base64, or name its place with"
                                + " input.image");
        FrameRejection text = rejection(JSON, "gate", timed + ",\"image\":\"what?\"}");
        assertThat(text.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE);
        assertThat(text.detail())
                .isEqualTo("field /image is \"what?\": it must be base64 text of an image");
        assertThat(rejection(JSON, "gate", timed + ",\"meta\":[1e99999]}").cameraId())
                .isEqualTo("gate");
    }

    @Test
    void foxglovesMessagesNameTheirFrameAndTime() {
        for (byte[] value : List.of(Records.compressedImage(), Records.rawImage("rgb8", 3))) {
            CameraFrame frame = frame(FOXGLOVE, null, value);
            assertThat(frame.cameraId()).isEqualTo("gate");
            assertThat(frame.captureTimeNanos()).isEqualTo(Records.CAPTURED);
            assertThat(frame.timeSource()).isEqualTo(CaptureTimeSource.FIELD);
            assertThat(imageOf(FOXGLOVE, frame).width()).isEqualTo(Records.WIDTH);
        }
    }

    /** The byte at i of a row of raw pixels is i + 1; here the second pixel of the first row. */
    @ParameterizedTest
    @CsvSource({
        "rgb8, 3, 4, 5, 6",
        "bgr8, 3, 6, 5, 4",
        "8UC3, 3, 6, 5, 4",
        "rgba8, 4, 5, 6, 7",
        "bgra8, 4, 7, 6, 5",
        "mono8, 1, 2, 2, 2",
    })
    void rawPixelsKeepTheirColours(String encoding, int pixelBytes, int red, int green, int blue) {
        RgbImage image =
                imageOf(FOXGLOVE, frame(FOXGLOVE, "gate", Records.rawImage(encoding, pixelBytes)));

        assertThat(image.height()).isEqualTo(Records.HEIGHT);
        assertThat(List.of(image.rgb()[3] & 255, image.rgb()[4] & 255, image.rgb()[5] & 255))
                .containsExactly(red, green, blue);
    }

    @Test
    void sixteenBitGreyIsSpreadOverItsRange() {
        RgbImage image = imageOf(FOXGLOVE, frame(FOXGLOVE, "", Records.rawImage("mono16", 2)));

        assertThat(image.rgb()[0]).isZero();
        assertThat(image.rgb()[image.rgb().length - 1]).isEqualTo((byte) 255);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T09:00:00+01:00, 1769846400000000000",
        "1769846400, 1769846400000000000",
        "1769846400.25, 1769846400250000000",
        "1769846400123, 1769846400123000000",
        "1769846400123456, 1769846400123456000",
        "1769846400123456789, 1769846400123456789",
    })
    void timesAreReadAsTheyAreWritten(String text, long nanos) {
        assertThat(CaptureTimes.nanos(text, "header t")).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "0", "1", "99999999999", "2026-01-31T08:00:00", "1e9", "-1769846400"})
    void anyOtherTimeIsRefused(String text) {
        InputSettings headers = settings(InputFormat.IMAGE, "key", "header:t");

        FrameRejection rejection =
                new InputDecoder(headers)
                        .decode(Records.of("gate", Records.PNG, Map.of("t", text)))
                        .rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(rejection.detail())
                .startsWith(
                        "capture time (header t) is \"" + text + "\": it must lie between 2001");
    }

    @Test
    void eachFormIsReadBehindConfluentFraming() {
        for (InputSettings form : List.of(IMAGE, JSON)) {
            byte[] value = form.equals(IMAGE) ? Records.PNG : Records.json();
            CameraFrame frame = frame(framed(form), "gate", Records.framed(value));
            assertThat(imageOf(framed(form), frame).width()).isEqualTo(Records.WIDTH);
        }
        for (InputSettings form : List.of(InputSettings.LIFTSTREAM, FOXGLOVE)) {
            byte[] value =
                    form.equals(FOXGLOVE) ? Records.compressedImage() : Records.cameraFrame();
            for (int[] path : List.of(new int[] {0}, new int[] {2, 0})) {
                byte[] framed = Records.framed(value, path);
                CameraFrame frame = frame(framed(form), "gate", framed);
                assertThat(frame.payload()).isSameAs(framed);
                assertThat(imageOf(framed(form), frame).width()).isEqualTo(Records.WIDTH);
            }
            assertThat(rejection(framed(form), "gate", Records.framed(value, 2, 4)).detail())
                    .startsWith("value is of schema id 7, but not its first message");
        }
    }

    @Test
    void whatIsNotFramedSaysWhatItIs() {
        assertThat(rejection(framed(IMAGE), "gate", Records.PNG).detail())
                .isEqualTo(
                        "value is not an image: it begins like a PNG; set input.format to image, or"
                                + " wrap it in a CameraFrame");
        assertThat(rejection(framed(IMAGE), "gate", new byte[] {9}).detail())
                .isEqualTo(
                        "value is without Confluent framing: send it framed, or set input.framing to"
                                + " none");
    }

    @Test
    void aRecordOfAnotherKindSaysWhatItLooksLike() throws Exception {
        Map<byte[], String> foreign =
                Map.of(
                        Records.PNG,
                        "it begins like a PNG; set input.format to image, or wrap it",
                        Records.json(),
                        "it looks like JSON; send CameraFrame messages, or, if it is an object",
                        Records.compressedImage(),
                        "it looks like a foxglove.CompressedImage; set input.format to foxglove",
                        Records.rawImage("rgb8", 3),
                        "it looks like a foxglove.RawImage; set input.format",
                        Records.framed(Records.cameraFrame(), 0),
                        "it has Confluent framing (schema id 7) around what looks like a CameraFrame;"
                                + " set input.framing to confluent",
                        gzip(Records.cameraFrame()),
                        "it begins like gzip; send values uncompressed",
                        Records.base64().getBytes(StandardCharsets.UTF_8),
                        "it looks like the base64 text of a PNG; send the decoded bytes");

        foreign.forEach(
                (value, looks) -> {
                    FrameRejection rejection = rejection(InputSettings.LIFTSTREAM, "cam", value);
                    assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
                    assertThat(rejection.detail())
                            .startsWith("value is not a CameraFrame: " + looks);
                    assertThat(rejection.original()).isSameAs(value);
                    assertThat(rejection.cameraId()).isEqualTo("cam");
                });
        for (InputSettings form : List.of(IMAGE, JSON, FOXGLOVE)) {
            assertThat(rejection(form, "cam", Records.cameraFrame()).detail())
                    .endsWith("it looks like a CameraFrame; set input.format to liftstream");
        }
        assertThat(
                        rejection(
                                        InputSettings.LIFTSTREAM,
                                        "cam",
                                        "hello world\n".getBytes(StandardCharsets.UTF_8))
                                .detail())
                .isEqualTo(
                        "value is not a CameraFrame: it looks like text; send CameraFrame messages, or"
                                + " see proto/README.md for what input.format reads");
        assertThat(rejection(JSON, "cam", new byte[] {1, 2, 3}).detail())
                .isEqualTo(
                        "value is not a JSON object: its 3 bytes look like nothing that is known; check"
                                + " what writes to the topic");
    }

    @Test
    void anImageThatIsBase64TextIsCalledSo() {
        byte[] text = Records.base64().getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> new ImageDecoder(1 << 20).decode(text))
                .hasMessageEndingWith(
                        "begins like the base64 text of a PNG; give the decoded bytes");
    }

    @Test
    void aPictureIsFoundInARecordOfAnyForm() throws Exception {
        for (byte[] value :
                List.of(
                        Records.cameraFrame(),
                        Records.PNG,
                        Records.json(),
                        Records.compressedImage(),
                        Records.framed(Records.cameraFrame(), 0),
                        Records.framed(Records.PNG))) {
            assertThat(RecordPicture.of(value)).hasValue(Records.PNG);
        }
    }

    static InputSettings settings(InputFormat format, String camera, String time) {
        return new InputSettings(
                format,
                InputFraming.NONE,
                ValueSource.parse(camera),
                ValueSource.parse(time),
                "/image");
    }

    static InputSettings framed(InputSettings form) {
        return new InputSettings(
                form.format(), InputFraming.CONFLUENT, form.camera(), form.time(), form.image());
    }

    private static byte[] gzip(byte[] value) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(value);
        }
        return packed.toByteArray();
    }

    private static CameraFrame frame(InputSettings settings, String key, byte[] value) {
        ReceivedFrame received =
                new InputDecoder(settings).decode(Records.of(key, value, Map.of()));
        assertThat(received.rejection()).isNull();
        return received.frame();
    }

    private static FrameRejection rejection(InputSettings settings, String key, String value) {
        return rejection(settings, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static FrameRejection rejection(InputSettings settings, String key, byte[] value) {
        ReceivedFrame received =
                new InputDecoder(settings).decode(Records.of(key, value, Map.of()));
        assertThat(received.frame()).isNull();
        return received.rejection();
    }

    private static RgbImage imageOf(InputSettings settings, CameraFrame frame) {
        RequestDecoder requests =
                new RequestDecoder(
                        new AllowedModels(List.of(), List.of(), List.of()),
                        new ResultFormat(
                                DepthMapFormat.FLOAT32,
                                DepthImageFormat.PNG,
                                DistanceFormat.NONE,
                                1 << 20));
        byte[] image =
                new InputDecoder(settings)
                        .request(frame.payload(), requests, LiftingDefaults.EMPTY)
                        .command()
                        .imageBytes();
        return new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS).decode(image);
    }
}
