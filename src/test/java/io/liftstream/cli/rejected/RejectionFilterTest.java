package io.liftstream.cli.rejected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RejectionFilterTest {

    @Test
    void withoutOptionsEveryRejectionCounts() {
        assertThat(accepts(rejection(RejectionReason.LATE, "hall-1"))).isTrue();
        assertThat(accepts(rejection(RejectionReason.MALFORMED, null))).isTrue();
    }

    @Test
    void onlyTheReasonsNamedCount() {
        String[] words = {"--reason", "late,SHED"};

        assertThat(accepts(rejection(RejectionReason.LATE, "hall-1"), words)).isTrue();
        assertThat(accepts(rejection(RejectionReason.SHED, null), words)).isTrue();
        assertThat(accepts(rejection(RejectionReason.LATE_AFTER_FLUSH, null), words)).isFalse();
    }

    @Test
    void onlyTheCameraNamedCounts() {
        String[] words = {"--camera", "hall-1", "--reason", "LATE"};

        assertThat(accepts(rejection(RejectionReason.LATE, "hall-1"), words)).isTrue();
        assertThat(accepts(rejection(RejectionReason.SHED, "hall-1"), words)).isFalse();
        assertThat(accepts(rejection(RejectionReason.LATE, "hall-2"), words)).isFalse();
        assertThat(accepts(rejection(RejectionReason.LATE, null), words)).isFalse();
    }

    @Test
    void aReasonThatThereIsNotIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(
                        () -> accepts(rejection(RejectionReason.LATE, null), "--reason", "TARDY"))
                .hasMessageContaining("TARDY")
                .hasMessageContaining("LATE_AFTER_FLUSH");
    }

    private static boolean accepts(FrameRejection rejection, String... words) {
        RejectionFilter filter = new RejectionFilter();
        new CommandLine(new Holder(filter))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(words);
        return filter.accepts(rejection);
    }

    private static FrameRejection rejection(RejectionReason reason, String camera) {
        return new FrameRejection(
                reason, "test", "", new Provenance("t", 0, 0, 0), camera, null, null, null, 0);
    }

    @CommandLine.Command
    private static final class Holder {
        @SuppressWarnings("UnusedVariable") // picocli reads it.
        @CommandLine.Mixin
        private final RejectionFilter filter;

        Holder(RejectionFilter filter) {
            this.filter = filter;
        }
    }
}
