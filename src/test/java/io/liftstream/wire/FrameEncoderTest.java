package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Intrinsics;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationCommand;
import org.junit.jupiter.api.Test;

class FrameEncoderTest {

    @Test
    void whatComesBackIsLeftToTheJobsConfiguration() throws Exception {
        byte[] frame =
                FrameEncoder.encode(
                        "gate", 5, 7, new byte[] {1}, new Intrinsics(500, 500, 320, 240), "run-1");

        DepthEstimationCommand command = CameraFrame.parseFrom(frame).getCommand();

        assertThat(command.hasReturnDepthImage()).isFalse();
        assertThat(command.hasReturnPointCloud()).isFalse();
        assertThat(command.getAdvancedConfig().getFx()).isEqualTo(500);
    }
}
