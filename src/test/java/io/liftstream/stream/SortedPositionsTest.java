package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SortedPositionsTest {

    /** A negative number removes the first, others are positions to add. */
    @Property(tries = 300)
    void itIsASortedMapWhoseFirstEntryCanBeTaken(
            @ForAll @Size(max = 80) List<@IntRange(min = -40, max = 60) Integer> deeds) {
        SortedPositions queue = new SortedPositions();
        TreeMap<FramePosition, Integer> expected = new TreeMap<>();
        for (int deed : deeds) {
            FramePosition position = new FramePosition(0, deed / 3, deed % 3);
            assertThat(queue.contains(deed / 3, deed % 3))
                    .isEqualTo(expected.containsKey(position));
            if (deed >= 0 && !expected.containsKey(position)) {
                queue.add(deed / 3, deed % 3, deed, 0);
                expected.put(position, deed);
            } else if (deed < 0 && !expected.isEmpty()) {
                queue.removeFirst();
                expected.pollFirstEntry();
            }
            assertThat(entries(queue)).isEqualTo(List.copyOf(expected.entrySet()));
            assertThat(entries(queue.copy())).isEqualTo(List.copyOf(expected.entrySet()));
        }
    }

    @Example
    void aCopyGoesItsOwnWay() {
        SortedPositions queue = new SortedPositions();
        queue.add(10, 5, 1, 0);
        SortedPositions copy = queue.copy();
        copy.removeFirst();
        copy.add(11, 0, 2, 0);

        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.captureTimeNanos(0)).isEqualTo(10);
    }

    @Example
    void nothingCanBeTakenFromAnEmptyQueue() {
        assertThatThrownBy(() -> new SortedPositions().removeFirst())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no position");
    }

    private static List<Map.Entry<FramePosition, Integer>> entries(SortedPositions queue) {
        List<Map.Entry<FramePosition, Integer>> entries = new ArrayList<>();
        for (int index = 0; index < queue.size(); index++) {
            FramePosition position =
                    new FramePosition(0, queue.captureTimeNanos(index), queue.sequence(index));
            entries.add(Map.entry(position, queue.bytes(index)));
        }
        return entries;
    }
}
