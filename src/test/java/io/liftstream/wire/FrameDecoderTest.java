package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    private static final Provenance READ = new Provenance("frames", 3, 42, 1_700_000_000_000L);
    private static final long SECOND = 1_700_000_000L;

    @Test
    void aGoodFrameIsReadAndKeepsItsOwnBytes() {
        byte[] value = good().build().toByteArray();

        ReceivedFrame received = decode("gate", value);

        assertThat(received.rejection()).isNull();
        assertThat(received.frame().cameraId()).isEqualTo("gate");
        assertThat(received.frame().captureTimeNanos()).isEqualTo(SECOND * 1_000_000_000L + 5);
        assertThat(received.frame().sequence()).isEqualTo(7);
        assertThat(received.frame().payload()).isSameAs(value);
        assertThat(received.frame().provenance()).isEqualTo(READ);
    }

    @Test
    void fieldsThatNobodyKnowsAreNotKept() throws IOException {
        UnknownFieldSet.Builder unknown = UnknownFieldSet.newBuilder();
        for (int field = 1_000; field < 2_000; field++) {
            unknown.addField(field, UnknownFieldSet.Field.newBuilder().addVarint(1).build());
        }
        byte[] value =
                good().setUnknownFields(unknown.build())
                        .setCommand(
                                good().getCommandBuilder()
                                        .setUnknownFields(unknown.build())
                                        .build())
                        .build()
                        .toByteArray();

        CameraFrame parsed = FrameDecoder.parse(value);

        assertThat(parsed.getUnknownFields().asMap()).isEmpty();
        assertThat(parsed.getCommand().getUnknownFields().asMap()).isEmpty();
        assertThat(decode("gate", value).frame().payload()).isSameAs(value);
    }

    @Test
    void aMissingSequenceIsTheRecordsOffset() {
        byte[] counted = good().setSequence(0).build().toByteArray();
        byte[] uncounted = good().clearSequence().build().toByteArray();

        assertThat(decode("gate", counted).frame().counted()).isTrue();
        assertThat(decode("gate", counted).frame().sequence()).isZero();
        assertThat(decode("gate", uncounted).frame().counted()).isFalse();
        assertThat(decode("gate", uncounted).frame().sequence()).isEqualTo(READ.offset());
    }

    @Test
    void aStreamIsNamedAsACameraIs() {
        byte[] named = good().setStreamId("boot-7").build().toByteArray();
        byte[] misnamed = good().setStreamId("boot 7\n").build().toByteArray();

        assertThat(decode("gate", good().build().toByteArray()).frame().streamId()).isNull();
        assertThat(decode("gate", named).frame().streamId()).isEqualTo("boot-7");
        assertThat(decode("gate", misnamed).rejection().reason())
                .isEqualTo(RejectionReason.INVALID_COMMAND);
        assertThat(decode("gate", misnamed).rejection().detail())
                .startsWith("stream_id is \"boot 7?\": it must be 1 to 128 characters");
    }

    @Test
    void aMissingCameraIdIsTheRecordsKey() {
        ReceivedFrame received = decode("gate", good().clearCameraId().build().toByteArray());

        assertThat(received.frame().cameraId()).isEqualTo("gate");
    }

    @Test
    void aMissingKeyLeavesTheCameraIdOfTheMessage() {
        byte[] value = good().build().toByteArray();

        assertThat(decode(null, value).frame().cameraId()).isEqualTo("gate");
        assertThat(FrameDecoder.decode(new byte[0], value, READ).frame().cameraId())
                .isEqualTo("gate");
    }

    @Test
    void withoutKeyAndCameraIdAFrameIsNobodys() {
        FrameRejection rejection =
                decode(null, good().clearCameraId().build().toByteArray()).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.INVALID_COMMAND);
        assertThat(rejection.detail()).contains("camera_id is missing");
        assertThat(rejection.cameraId()).isNull();
    }

    @Test
    void aKeyThatDiffersIsRefusedUnderTheMessagesCamera() {
        FrameRejection rejection = decode("door", good().build().toByteArray()).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.KEY_MISMATCH);
        assertThat(rejection.detail()).contains("gate").contains("\"door\"");
        assertThat(rejection.cameraId()).isEqualTo("gate");
    }

    @Test
    void aKeyThatIsNoTextDiffersFromEveryCameraId() {
        byte[] key = {(byte) 0xff, (byte) 0xfe};

        assertThat(FrameDecoder.decode(key, good().build().toByteArray(), READ).rejection())
                .extracting(FrameRejection::reason)
                .isEqualTo(RejectionReason.KEY_MISMATCH);
        assertThat(
                        FrameDecoder.decode(key, good().clearCameraId().build().toByteArray(), READ)
                                .rejection())
                .extracting(FrameRejection::reason)
                .isEqualTo(RejectionReason.INVALID_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", ".", "..", "a/b", "a b", "caf\u00e9", "", "a\nb", "a\u0000"})
    void anIdThatIsNoCameraIdIsRefusedAndGoesNoFurther(String id) {
        byte[] value = good().setCameraId(id).build().toByteArray();

        for (String key : new String[] {id, null}) {
            FrameRejection rejection = decode(key, value).rejection();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.INVALID_COMMAND);
            assertThat(rejection.detail()).startsWith("camera_id is \"").doesNotContain("\n");
            assertThat(rejection.cameraId()).isNull();
        }
    }

    @Test
    void aCameraIdHasAtMost128Characters() {
        String longest = "a".repeat(128);

        assertThat(decode(null, good().setCameraId(longest).build().toByteArray()).frame())
                .isNotNull();
        assertThat(
                        decode(null, good().setCameraId(longest + "a").build().toByteArray())
                                .rejection())
                .extracting(FrameRejection::reason)
                .isEqualTo(RejectionReason.INVALID_COMMAND);
    }

    @Test
    void aVeryLongIdIsShortenedInTheDetail() {
        byte[] value = good().setCameraId("x/".repeat(100_000)).build().toByteArray();

        assertThat(decode(null, value).rejection().detail()).hasSizeLessThan(500);
    }

    @Test
    void aFrameWithoutCaptureTimeIsMalformed() {
        FrameRejection rejection =
                decode("gate", good().clearCaptureTime().build().toByteArray()).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(rejection.detail()).contains("capture_time is missing");
        assertThat(rejection.captureTimeNanos()).isNull();
        assertThat(rejection.sequence()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "1969-12-31T23:59:59Z, 0",
        "2200-01-01T00:00:00Z, 0",
        "2300-01-01T00:00:00Z, 0",
        "2020-01-01T00:00:00Z, -1",
        "2020-01-01T00:00:00Z, 1000000000"
    })
    void aCaptureTimeOutsideItsLimitsIsMalformed(Instant second, int nanos) {
        FrameRejection rejection =
                decode("gate", capturedAt(second.getEpochSecond(), nanos)).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(rejection.detail())
                .contains(
                        "capture_time has "
                                + second.getEpochSecond()
                                + " seconds and "
                                + nanos
                                + " nanos: ");
        assertThat(rejection.captureTimeNanos()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1769846400123, milliseconds",
        "1769846400123456, microseconds",
        "1769846400123456789, nanoseconds"
    })
    void aNumberInAnotherUnitThanSecondsIsNamed(long number, String unit) {
        assertThat(decode("gate", capturedAt(number, 0)).rejection().detail())
                .endsWith(
                        "; the producer seems to write "
                                + unit
                                + " as seconds, correct the unit there");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void aCaptureTimeThatOverflowsIsMalformed(long seconds) {
        assertThat(decode("gate", capturedAt(seconds, 999_999_999)).rejection().reason())
                .isEqualTo(RejectionReason.MALFORMED);
    }

    @Test
    void theFirstAndTheLastNanosecondPass() {
        long last = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond() - 1;

        assertThat(decode("gate", capturedAt(0, 0)).frame().captureTimeNanos()).isZero();
        assertThat(decode("gate", capturedAt(last, 999_999_999)).frame().captureTimeNanos())
                .isEqualTo(last * 1_000_000_000L + 999_999_999);
    }

    @Test
    void aSequenceFrom2To63OnIsRefusedWithItsUnsignedValue() {
        FrameRejection rejection =
                decode("gate", good().setSequence(-1).build().toByteArray()).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.INVALID_COMMAND);
        assertThat(rejection.detail()).contains("18446744073709551615");
        assertThat(rejection.sequence()).isNull();
    }

    @Test
    void aFrameWithoutCommandIsRefusedWithAllThatItSaysRightly() {
        FrameRejection rejection =
                decode("gate", good().clearCommand().build().toByteArray()).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.INVALID_COMMAND);
        assertThat(rejection.stage()).isEqualTo("parse");
        assertThat(rejection.cameraId()).isEqualTo("gate");
        assertThat(rejection.captureTimeNanos()).isEqualTo(SECOND * 1_000_000_000L + 5);
        assertThat(rejection.sequence()).isEqualTo(7);
        assertThat(rejection.provenance()).isEqualTo(READ);
    }

    @Test
    void anEmptyValueAndATombstoneAreMalformed() {
        for (byte[] value : new byte[][] {null, new byte[0]}) {
            FrameRejection rejection = decode("gate", value).rejection();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
            assertThat(rejection.cameraId()).isEqualTo("gate");
            assertThat(rejection.originalLength()).isZero();
        }
    }

    @Test
    void garbageIsMalformedAndTravelsAlong() {
        byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);

        FrameRejection rejection = decode("gate", garbage).rejection();

        assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(rejection.detail()).startsWith("value is not a CameraFrame (");
        assertThat(rejection.original()).isEqualTo(garbage);
        assertThat(rejection.originalLength()).isEqualTo(garbage.length);
    }

    @Test
    void noTruncatedFrameIsTakenForAWholeOne() {
        byte[] whole = good().build().toByteArray();

        for (int length = 0; length < whole.length; length++) {
            ReceivedFrame received = decode("gate", Arrays.copyOf(whole, length));
            assertThat(received.rejection()).as("the first " + length + " bytes").isNotNull();
        }
    }

    private static byte[] capturedAt(long seconds, int nanos) {
        return good().setCaptureTime(Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos))
                .build()
                .toByteArray();
    }

    private static CameraFrame.Builder good() {
        return CameraFrame.newBuilder()
                .setCameraId("gate")
                .setCaptureTime(Timestamp.newBuilder().setSeconds(SECOND).setNanos(5))
                .setSequence(7)
                .setCommand(
                        DepthEstimationCommand.newBuilder()
                                .setImageBytes(ByteString.copyFromUtf8("image")));
    }

    private static ReceivedFrame decode(String key, byte[] value) {
        return FrameDecoder.decode(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8), value, READ);
    }
}
