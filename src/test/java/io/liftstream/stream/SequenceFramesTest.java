package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceFramesTest {
    private static final SequencingOptions REPLAY =
            new SequencingOptions(500_000_000L, 60_000_000_000L, 0, 100, 1_000_000, 0);

    private final Frames frames = new Frames();

    @Test
    void framesThatArriveInOrderLeaveWhenTheWatermarkReachesThem() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 0), frames.at(1300, 1), frames.at(1499, 2));
            assertThat(order.released()).isEmpty();

            order.send(frames.at(1500, 3));
            assertThat(order.releasedPositions()).containsExactly("0:1000/0");

            order.endInput();
            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/0", "0:1300/1", "0:1499/2", "0:1500/3");
            assertThat(order.rejections()).isEmpty();
            assertThat(order.timers()).isZero();
        }
    }
}
