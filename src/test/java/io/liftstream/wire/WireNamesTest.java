package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ProtocolMessageEnum;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.RejectionReason;
import org.junit.jupiter.api.Test;

/** Each of our constants has a name on the wire, each name on the wire is one of ours. */
class WireNamesTest {

    @Test
    void axesHaveNames() throws InvalidProtocolBufferException {
        for (Axes axes : Axes.values()) {
            assertThat(WireNames.fromMessage(WireNames.toMessage(axes))).isEqualTo(axes);
        }
        assertCount(Axes.values(), io.liftstream.proto.v1.Axes.values());
    }

    @Test
    void mappingsHaveNames() throws InvalidProtocolBufferException {
        for (DepthMapping mapping : DepthMapping.values()) {
            assertThat(WireNames.fromMessage(WireNames.toMessage(mapping))).isEqualTo(mapping);
        }
        assertCount(DepthMapping.values(), io.liftstream.proto.v1.DepthMapping.values());
    }

    @Test
    void sourcesOfIntrinsicsHaveNames() throws InvalidProtocolBufferException {
        for (IntrinsicsSource source : IntrinsicsSource.values()) {
            assertThat(WireNames.fromMessage(WireNames.toMessage(source))).isEqualTo(source);
        }
        assertCount(IntrinsicsSource.values(), io.liftstream.proto.v1.IntrinsicsSource.values());
    }

    @Test
    void degradationsHaveNames() throws InvalidProtocolBufferException {
        for (Degradation step : Degradation.values()) {
            assertThat(WireNames.fromMessage(WireNames.toMessage(step))).isEqualTo(step);
        }
        assertCount(Degradation.values(), io.liftstream.proto.v1.Degradation.values());
    }

    @Test
    void rejectionReasonsHaveNames() throws InvalidProtocolBufferException {
        for (RejectionReason reason : RejectionReason.values()) {
            assertThat(WireNames.fromMessage(WireNames.toMessage(reason))).isEqualTo(reason);
        }
        assertCount(RejectionReason.values(), io.liftstream.proto.v1.RejectionReason.values());
    }

    @Test
    void intrinsicsComeBack() {
        Intrinsics intrinsics = new Intrinsics(525.25, 524.75, 319.5, -2);

        assertThat(WireNames.fromMessage(WireNames.toMessage(intrinsics))).isEqualTo(intrinsics);
    }

    @Test
    void aConstantOfANewerVersionIsSaidToBeUnknown() {
        assertThatThrownBy(() -> WireNames.fromMessage(io.liftstream.proto.v1.Axes.UNRECOGNIZED))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessage(
                        "Axes on the wire is UNRECOGNIZED: this version knows [OPTICAL, OPENGL]");
        assertThatThrownBy(
                        () ->
                                WireNames.fromMessage(
                                        io.liftstream.proto.v1.RejectionReason
                                                .REJECTION_REASON_UNSPECIFIED))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    /** The wire has two more: unspecified, and Java's own for what it does not know. */
    private static void assertCount(Enum<?>[] ours, ProtocolMessageEnum[] theirs) {
        assertThat(theirs).hasSize(ours.length + 2);
    }
}
