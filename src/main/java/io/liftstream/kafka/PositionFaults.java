package io.liftstream.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Why offsets that an operator wrote are not places on a topic. A source would take them as they
 * are: it waits for ever for an end that no frame has reached, begins anew at the beginning where
 * the start lies behind the end, and passes over partitions that do not exist.
 */
public final class PositionFaults {
    private PositionFaults() {}

    /**
     * {@return one line for each partition that the position leaves out or the topic lacks, and for
     * each offset behind the end of its partition; none unless the position is offsets}
     *
     * @param topic its name
     * @param position where reading begins or ends
     * @param ends the offset behind the last record, by partition
     */
    public static List<String> of(
            String topic, ReadPosition position, SortedMap<Integer, Long> ends) {
        List<String> faults = new ArrayList<>();
        Map<Integer, Long> offsets = position.offsets();
        if (offsets.isEmpty()) {
            return faults;
        }
        String words = "offsets " + position.text();
        ends.forEach(
                (partition, end) -> {
                    Long offset = offsets.get(partition);
                    if (offset == null) {
                        faults.add(
                                words
                                        + " leave out partition "
                                        + partition
                                        + " of topic "
                                        + topic
                                        + ": name every partition");
                    } else if (offset > end) {
                        faults.add(
                                words
                                        + " lie behind the end of topic "
                                        + topic
                                        + ": partition "
                                        + partition
                                        + " ends at "
                                        + end
                                        + ", so write "
                                        + partition
                                        + ":"
                                        + end
                                        + " or less");
                    }
                });
        offsets.keySet().stream()
                .filter(partition -> !ends.containsKey(partition))
                .sorted()
                .forEach(
                        partition ->
                                faults.add(
                                        words
                                                + " name partition "
                                                + partition
                                                + ", but topic "
                                                + topic
                                                + " has partitions "
                                                + ends.firstKey()
                                                + " to "
                                                + ends.lastKey()
                                                + ": leave it out"));
        return faults;
    }
}
