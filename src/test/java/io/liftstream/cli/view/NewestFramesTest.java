package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.frame.RejectionReason;
import org.junit.jupiter.api.Test;

class NewestFramesTest {
    private long nanos;
    private final NewestFrames frames = new NewestFrames(() -> nanos);

    @Test
    void theNumbersTellOfEachCameraByItself() {
        for (int i = 0; i < 31; i++) {
            nanos = i * 100_000_000L;
            frames.publish(frame("a"));
        }
        frames.publish(frame("b"));
        frames.reject("b", RejectionReason.LATE, 3, null);
        frames.reject("b", RejectionReason.LATE, 1, null);
        frames.reject(null, RejectionReason.MALFORMED, 1, null);

        JsonNode cameras = frames.status().path("cameras");
        assertThat(cameras.get(0).path("id").asText()).isEmpty();
        assertThat(cameras.get(0).path("rejected").path("MALFORMED").asInt()).isOne();
        assertThat(cameras.get(1).path("results").asInt()).isEqualTo(31);
        assertThat(cameras.get(1).path("perSecond").asDouble()).isCloseTo(10, within(0.1));
        assertThat(cameras.get(2).path("rejected").path("LATE").asInt()).isEqualTo(4);

        assertThat(frames.summary())
                .isEqualTo("32 results of 2 cameras came, and 5 rejected frames");
        frames.countSkipped(1);
        assertThat(frames.summary()).endsWith("; 1 result left out to stay current");

        nanos += 60_000_000_000L;
        assertThat(frames.status().path("cameras").get(1).path("perSecond").asDouble()).isZero();
    }

    @Test
    void moreCamerasThanThereMayBeAreCountedAndNotHeld() {
        for (int i = 0; i < NewestFrames.MAX_CAMERAS + 5; i++) {
            frames.publish(frame("camera-" + i));
        }
        assertThat(frames.all()).hasSize(NewestFrames.MAX_CAMERAS);
        assertThat(frames.status().path("turnedAway").asInt()).isEqualTo(5);
    }

    private static ViewedFrame frame(String camera) {
        return new SyntheticFrame(camera, 1, 8, 8);
    }
}
