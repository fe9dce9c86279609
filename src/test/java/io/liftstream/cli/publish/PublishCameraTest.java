package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user types for a live camera, and what he reads. */
class PublishCameraTest {
    private final TypedCommand command = new TypedCommand();

    @Test
    void aDryRunConnectsAndSaysWhatTheCameraSends() throws Exception {
        byte[] jpeg = ImageEncoder.jpeg(new RgbImage(64, 48, new byte[3 * 64 * 48]));
        try (RtspServer server =
                new RtspServer(
                        "m=video 0 RTP/AVP 26\r\na=control:video\r\n",
                        26,
                        List.of(List.of(LivePublisherTest.rtpJpeg(jpeg))),
                        Instant.now())) {
            int code = command.run("publish", server.address(), "--camera", "hall-1", "--dry-run");

            assertThat(code).isZero();
            assertThat(command.output())
                    .contains(
                            "/stream: mjpeg, passed on unchanged; time by the camera's clock (RTCP)")
                    .contains("1 frame of hall-1, taken ")
                    .contains("; all would be published to liftstream.frames on ")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        assertThat(command.run("publish", "/dev/video93", "--camera", "c", "--dry-run"))
                .isEqualTo(2);
        assertThat(command.complaints())
                .contains(
                        "/dev/video93 does not exist: connect the camera, and list what is there"
                                + " with: ls /dev/video*");
    }

    @Test
    void aCameraThatDoesNotAnswerIsTold() {
        int code = command.run("publish", "rtsp://127.0.0.1:1/x", "--camera", "c", "--dry-run");

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains(
                        "rtsp://127.0.0.1:1/x cannot be reached (Connection refused): check the address, and"
                                + " that the camera is on");
    }

    @Test
    void whatIsForRecordingsIsRefused() {
        int code = command.run("publish", "rtsp://camera/x", "--camera", "c", "--fps", "5");

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains(
                        "options --fps, --start, --speed and --as-fast-as-possible are for recordings: a"
                                + " live camera has its own times");
    }
}
