package io.liftstream.foxglove;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.proto.foxglove.Log;
import org.junit.jupiter.api.Test;

class RejectionMessagesTest {
    private static final long TIME = 1_700_000_000_123_456_789L;

    @Test
    void aRejectionIsALineThatSaysWhyAndWhichFrame() throws Exception {
        FoxgloveMessage message = RejectionMessages.of(rejection("gate"), TIME);

        Log log = Log.parseFrom(message.data());
        assertThat(message.topic()).isEqualTo("/rejections");
        assertThat(message.timeNanos()).isEqualTo(TIME);
        assertThat(log.getTimestamp().getSeconds()).isEqualTo(1_700_000_000L);
        assertThat(log.getTimestamp().getNanos()).isEqualTo(123_456_789);
        assertThat(log.getLevel()).isEqualTo(Log.Level.WARNING);
        assertThat(log.getName()).isEqualTo("gate");
        assertThat(log.getMessage()).isEqualTo("LATE: 2 s behind (frame liftstream.frames/1/1234)");
    }

    @Test
    void aRejectionOfAnUnknownCameraHasNoName() throws Exception {
        Log log = Log.parseFrom(RejectionMessages.of(rejection(null), TIME).data());

        assertThat(log.getName()).isEmpty();
    }

    private static FrameRejection rejection(String cameraId) {
        return new FrameRejection(
                RejectionReason.LATE,
                "sequence",
                "2 s behind",
                new Provenance("liftstream.frames", 1, 1234, 0),
                cameraId,
                TIME,
                7L,
                null,
                10);
    }
}
