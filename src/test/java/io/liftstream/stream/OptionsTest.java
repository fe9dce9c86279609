package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void theSmallestOptionsThatMakeSenseAreTaken() {
        assertThat(new SequencingOptions(0, 0, 0, 1, 1, 0).flushesAfterSilence()).isFalse();
        assertThat(new BatchingOptions(1, 1, 0).maxFrames()).isEqualTo(1);
    }

    @Test
    void anOptionThatMakesNoSenseIsRefusedByNameValueAndRemedy() {
        assertRefused(
                () -> new SequencingOptions(-1, 0, 0, 1, 1, 0),
                "ordering.max-out-of-orderness (ns) is -1: it must be at least 0");
        assertRefused(
                () -> new SequencingOptions(500, 499, 0, 1, 1, 0),
                "ordering.epoch-gap (ns) is 499: it must be at least 500");
        assertRefused(
                () -> new SequencingOptions(0, 0, -1, 1, 1, 0),
                "ordering.flush-after (ms) is -1: it must be at least 0");
        assertRefused(
                () -> new SequencingOptions(0, 0, 0, 0, 1, 0),
                "ordering.max-pending-frames is 0: it must be at least 1");
        assertRefused(
                () -> new SequencingOptions(0, 0, 0, 1, 0, 0),
                "ordering.max-pending-bytes is 0: it must be at least 1");
        assertRefused(
                () -> new SequencingOptions(0, 0, 0, 1, 1, -5),
                "ordering.position-ttl (ms) is -5: it must be at least 0");
        assertRefused(
                () -> new BatchingOptions(0, 1, 0), "batch.max-frames is 0: it must be at least 1");
        assertRefused(
                () -> new BatchingOptions(1, 0, 0), "batch.max-bytes is 0: it must be at least 1");
        assertRefused(
                () -> new BatchingOptions(1, 1, -1),
                "batch.linger (ms) is -1: it must be at least 0");
    }

    private static void assertRefused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
