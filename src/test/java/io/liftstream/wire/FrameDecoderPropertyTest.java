package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationAdvanceConfig;
import io.liftstream.proto.v1.DepthEstimationCommand;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** No record stops the job: whatever the bytes, a frame or a rejection comes out. */
class FrameDecoderPropertyTest {
    private static final Provenance READ = new Provenance("frames", 0, 1, 2);

    @Property
    void anyBytesBecomeAFrameOrARejection(
            @ForAll @Size(max = 40) byte[] key, @ForAll @Size(max = 400) byte[] value) {
        assertWhole(FrameDecoder.decode(key, value, READ), value);
    }

    @Property
    void aGoodFrameWithDamageBecomesAFrameOrARejection(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int damages) {
        Random random = new Random(seed);
        byte[] value = good();
        for (int i = 0; i < damages; i++) {
            value[random.nextInt(value.length)] = (byte) random.nextInt();
        }

        assertWhole(FrameDecoder.decode(null, value, READ), value);
    }

    private static void assertWhole(ReceivedFrame received, byte[] value) {
        assertThat(received.frame() == null).isNotEqualTo(received.rejection() == null);
        if (received.frame() != null) {
            assertThat(CameraId.isValid(received.frame().cameraId())).isTrue();
            assertThat(received.frame().captureTimeNanos()).isNotNegative();
            assertThat(received.frame().sequence()).isNotNegative();
        } else {
            assertThat(received.rejection().detail()).isNotBlank();
            assertThat(received.rejection().originalLength()).isEqualTo(value.length);
            assertThat(RejectionCodec.encode(received.rejection())).isNotEmpty();
        }
    }

    private static byte[] good() {
        return CameraFrame.newBuilder()
                .setCameraId("gate")
                .setCaptureTime(Timestamp.newBuilder().setSeconds(1_700_000_000L))
                .setSequence(7)
                .setCommand(
                        DepthEstimationCommand.newBuilder()
                                .setImageBytes(ByteString.copyFromUtf8("image"))
                                .setModelBackend("model")
                                .setAdvancedConfig(
                                        DepthEstimationAdvanceConfig.newBuilder().setFx(525)))
                .build()
                .toByteArray();
    }
}
