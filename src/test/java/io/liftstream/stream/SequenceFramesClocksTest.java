package io.liftstream.stream;

import static io.liftstream.frame.RejectionReason.DUPLICATE;
import static io.liftstream.frame.RejectionReason.LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Cameras with bad clocks, and cameras that share one id. */
class SequenceFramesClocksTest {
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, false, 0, 100, 1_000_000, 0);
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;

    private final Frames frames = new Frames();

    @Test
    void aCameraAnHourAheadIsInOrderAndHarmsNobody() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.of("ahead", NOW + HOUR, 0), frames.of("right", NOW, 0));
            order.send(frames.of("right", NOW + 600, 1), frames.of("ahead", NOW + HOUR + 600, 1));

            assertThat(order.releasedPositions())
                    .containsExactly("0:" + NOW + "/0", "0:" + (NOW + HOUR) + "/0");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void aCameraADayBehindIsInOrderAndHarmsNobody() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.of("right", NOW, 0), frames.of("behind", NOW - 24 * HOUR, 0));
            order.send(frames.of("behind", NOW - 24 * HOUR + 600, 1));
            order.send(frames.of("right", NOW + 600, 1));

            assertThat(order.releasedPositions())
                    .containsExactly("0:" + (NOW - 24 * HOUR) + "/0", "0:" + NOW + "/0");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void recordingsOf1970AndOf2199AreInOrder() throws Exception {
        long late = Instant.parse("2199-12-31T23:59:59Z").toEpochMilli();
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.of("old", 1, 1), frames.of("old", 0, 0));
            order.send(frames.of("far", late, 1), frames.of("far", late - 1, 0));
            order.endInput();

            assertThat(order.releasedPositions())
                    .containsExactlyInAnyOrder(
                            "0:0/0", "0:1/1", "0:" + (late - 1) + "/0", "0:" + late + "/1");
            assertThat(order.rejections()).isEmpty();
        }
    }

    @Test
    void twoCamerasWithOneIdAndOneClockAreOneStreamWhereEqualPositionsAreDuplicates()
            throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(frames.at(1000, 5), frames.at(1010, 900), frames.at(1040, 6));
            order.send(frames.at(1040, 6), frames.at(1050, 901));
            order.endInput();

            assertThat(order.releasedPositions())
                    .containsExactly("0:1000/5", "0:1010/900", "0:1040/6", "0:1050/901");
            assertThat(order.reasons()).containsExactly(DUPLICATE);
        }
    }

    @Test
    void theOneBehindOfTwoCamerasWithOneIdAndClocksFarApartIsLate() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            for (int i = 0; i < 30; i++) {
                order.send(frames.at(NOW + i, 100 + i), frames.at(NOW - HOUR + i, i));
            }
            order.endInput();

            assertThat(order.released()).extracting(s -> s.epoch()).hasSize(30).containsOnly(0);
            assertThat(order.reasons()).hasSize(30).containsOnly(LATE);
        }
    }

    @Test
    void aChangeOfPartitionIsCounted() throws Exception {
        try (SequencingHarness order = SequencingHarness.start(REPLAY)) {
            order.send(inPartition(0, 1000, 1), inPartition(0, 1100, 2), inPartition(3, 1200, 3));
            order.send(inPartition(3, 1300, 4), inPartition(0, 1400, 5));

            assertThat(order.count("partitionChanges")).isEqualTo(2);
        }
    }

    private static CameraFrame inPartition(int partition, long captureMillis, long offset) {
        return new CameraFrame(
                Frames.CAMERA,
                captureMillis * 1_000_000,
                offset,
                new byte[1],
                new Provenance("frames", partition, offset, 0));
    }
}
