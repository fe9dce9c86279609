package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionFaultsTest {
    private static final TreeMap<Integer, Long> ENDS = new TreeMap<>(Map.of(0, 1200L, 1, 0L));

    @ParameterizedTest
    @ValueSource(strings = {"0:1200,1:0", "0:0,1:0", "latest", "earliest", "2100-01-01T00:00:00Z"})
    void aPlaceOnTheTopicHasNoFault(String position) {
        assertThat(faults(position)).isEmpty();
    }

    @Test
    void anOffsetBehindTheEndIsNeverReached() {
        assertThat(faults("0:99999,1:0"))
                .containsExactly(
                        "offsets 0:99999,1:0 lie behind the end of topic hall.frames: partition 0 ends"
                                + " at 1200, so write 0:1200 or less");
    }

    @Test
    void aPartitionThatIsLeftOutAndOneThatDoesNotExistAreNamed() {
        assertThat(faults("0:5,9:7"))
                .containsExactly(
                        "offsets 0:5,9:7 leave out partition 1 of topic hall.frames: name every"
                                + " partition",
                        "offsets 0:5,9:7 name partition 9, but topic hall.frames has partitions 0 to 1:"
                                + " leave it out");
    }

    private static List<String> faults(String position) {
        return PositionFaults.of("hall.frames", ReadPosition.parse(position), ENDS);
    }
}
