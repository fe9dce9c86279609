package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.proto.v1.RejectedFrame;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionCodecTest {
    private static final Provenance READ = new Provenance("frames", 2, 1L << 40, 0);
    private static final byte[] ORIGINAL = {1, 2, 3, 4, 5};

    @ParameterizedTest
    @EnumSource(RejectionReason.class)
    void aRejectionComesBackWhole(RejectionReason reason) throws InvalidProtocolBufferException {
        FrameRejection sent =
                new FrameRejection(
                        reason, "parse", "why \u00fc", READ, "gate", 123L, 9L, ORIGINAL, 5);

        FrameRejection read = RejectionCodec.decode(RejectionCodec.encode(sent));

        assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    }

    /** Whoever may write to the topic may write any text. */
    @Test
    void textOfARejectionOrdersNoTerminalAbout() throws InvalidProtocolBufferException {
        String orders = "\u001b]0;owned\u0007\u001b[2J\r\nLATE gate";
        FrameRejection read =
                RejectionCodec.decode(
                        RejectionCodec.encode(
                                new FrameRejection(
                                        RejectionReason.MALFORMED,
                                        orders,
                                        orders,
                                        new Provenance(orders, 0, 1, 0),
                                        orders,
                                        123L,
                                        9L,
                                        ORIGINAL,
                                        5)));

        String shown = "?]0;owned??[2J??LATE gate";
        assertThat(read.stage()).isEqualTo(shown);
        assertThat(read.detail()).isEqualTo(shown);
        assertThat(read.cameraId()).isEqualTo(shown);
        assertThat(read.provenance().topic()).isEqualTo(shown);
    }

    @Test
    void whatIsNotKnownStaysAbsent() throws InvalidProtocolBufferException {
        FrameRejection sent =
                new FrameRejection(
                        RejectionReason.SHED, "estimate", "old", READ, null, null, null, null, 5);

        FrameRejection read = RejectionCodec.decode(RejectionCodec.encode(sent));

        assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    }

    @Test
    void aLongOriginalIsCutAndItsLengthKept() throws InvalidProtocolBufferException {
        FrameRejection sent =
                new FrameRejection(
                        RejectionReason.MALFORMED,
                        "parse",
                        "why",
                        READ,
                        null,
                        null,
                        null,
                        ORIGINAL,
                        ORIGINAL.length);

        FrameRejection read =
                RejectionCodec.decode(RejectionCodec.encode(sent.withOriginalCutTo(2)));

        assertThat(read.original()).isEqualTo(Arrays.copyOf(ORIGINAL, 2));
        assertThat(read.originalLength()).isEqualTo(5);
    }

    @Test
    void aSumOfShedFramesNamesTheOffsetOfEachOfThem() throws InvalidProtocolBufferException {
        long first = READ.offset();
        long[] further = {first + 1, first + 5, first + 1_000_000};
        FrameRejection sent =
                new FrameRejection(
                        RejectionReason.SHED,
                        "estimate",
                        "old",
                        READ,
                        "gate",
                        123L,
                        9L,
                        null,
                        5,
                        further);

        byte[] value = RejectionCodec.encode(sent);
        FrameRejection read = RejectionCodec.decode(value);

        assertThat(read).usingRecursiveComparison().isEqualTo(sent);
        assertThat(read.frameCount()).isEqualTo(4);
        assertThat(read.frames())
                .extracting(Provenance::offset)
                .containsExactly(first, first + 1, first + 5, first + 1_000_000);
        assertThat(RejectedFrame.parseFrom(value).getFurtherOffsetStepsList())
                .containsExactly(1L, 4L, 999_995L);
    }

    @Test
    void aReasonOfANewerVersionIsSaidToBeUnknown() {
        byte[] newer = RejectedFrame.newBuilder().setReasonValue(999).build().toByteArray();

        assertThatThrownBy(() -> RejectionCodec.decode(newer))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessageStartingWith("RejectionReason on the wire is UNRECOGNIZED");
    }
}
