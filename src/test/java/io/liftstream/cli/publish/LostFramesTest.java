package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LostFramesTest {
    private final LostFrames lost = new LostFrames();

    @Test
    void framesBehindAGapAreLostUpToTheNextKeyFrame() {
        lost.decoded(0, true, false);
        lost.decoded(1, false, false);
        lost.decoded(3, false, true);
        lost.decoded(4, false, false);
        lost.decoded(5, true, false);
        lost.decoded(6, false, false);

        assertThat(lost.take(0, 0)).isFalse();
        assertThat(lost.take(1, 40_000_000)).isFalse();
        assertThat(lost.take(3, 120_000_000)).isTrue();
        assertThat(lost.take(4, 160_000_000)).isTrue();
        assertThat(lost.take(5, 200_000_000)).isFalse();
        assertThat(lost.take(6, 240_000_000)).isFalse();
        assertThat(lost.lines("door.mkv"))
                .singleElement()
                .asString()
                .startsWith("door.mkv: 2 frames from 120 ms on left out");
    }

    /** They refer to what was lost before the key frame that is stored ahead of them. */
    @Test
    void framesThatAreShownBeforeThatKeyFrameAreLostToo() {
        lost.decoded(0, true, false);
        lost.decoded(2, false, true);
        lost.decoded(5, true, false);
        lost.decoded(4, false, false);
        lost.decoded(6, false, false);

        assertThat(lost.take(2, 0)).isTrue();
        assertThat(lost.take(4, 0)).isTrue();
        assertThat(lost.take(5, 0)).isFalse();
        assertThat(lost.take(6, 0)).isFalse();
    }
}
