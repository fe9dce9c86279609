package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageRecordingTest {

    @Test
    void anEstimateIsCorrectedOnceAllImagesWereRead() throws Exception {
        requireCorrected(null, 1_040, 1_020);
        requireCorrected(100_000_000.0, 1_040, 1_020);
    }

    private static void requireCorrected(Double fps, long estimatedLast, long last)
            throws IOException {
        ImageRecording recording = new ImageRecording(new Estimated(), 1_000, fps);
        assertThat(recording.counted()).isFalse();
        assertThat(recording.length()).isEqualTo(5);
        assertThat(recording.lastNanos()).isEqualTo(estimatedLast);

        int read = 0;
        while (recording.next() != null) {
            read++;
        }

        assertThat(read).isEqualTo(3);
        assertThat(recording.counted()).isTrue();
        assertThat(recording.length()).isEqualTo(3);
        assertThat(recording.lastNanos()).isEqualTo(last);
    }

    /** Three images, 10 ns apart, where five were expected. */
    private static final class Estimated implements ImageSupply {
        private int next;

        @Override
        public long length() {
            return 5;
        }

        @Override
        public boolean counted() {
            return false;
        }

        @Override
        public long spanNanos() {
            return 40;
        }

        @Override
        public Long startNanos() {
            return null;
        }

        @Override
        public TimedImage next() {
            return next == 3 ? null : new TimedImage(next, 10L * next++, new byte[0]);
        }

        @Override
        public String largestName() {
            return "none";
        }

        @Override
        public long largestBytes() {
            return 0;
        }

        @Override
        public List<String> leftOut() {
            return List.of();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
