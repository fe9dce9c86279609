package io.liftstream.stream;

import io.liftstream.frame.Provenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a process died while a frame was lifted, by the frame's place on its topic. Not thread
 * safe.
 */
final class SuspectFrames {
    /** After so many deaths a frame is not lifted again. */
    static final int MAX_DEATHS = 2;

    private final Map<String, Integer> deaths = new LinkedHashMap<>();

    /**
     * Reads what {@link #textWith} wrote. A line that is not whole, because the process died while
     * it was written, says nothing.
     */
    static SuspectFrames parse(String text) {
        SuspectFrames suspects = new SuspectFrames();
        for (String line : text.lines().toList()) {
            int space = line.indexOf(' ');
            if (space == 1 && Character.isDigit(line.charAt(0)) && line.endsWith(";")) {
                suspects.deaths.put(
                        line.substring(2, line.length() - 1), Character.digit(line.charAt(0), 10));
            }
        }
        return suspects;
    }

    /** What is to be read where the process dies while these frames are lifted. */
    String textWith(List<Provenance> lifted) {
        Map<String, Integer> then = new LinkedHashMap<>(deaths);
        lifted.forEach(
                frame -> then.merge(place(frame), 1, (before, one) -> Math.min(before + one, 9)));
        StringBuilder text = new StringBuilder();
        then.forEach((place, count) -> text.append(count).append(' ').append(place).append(";\n"));
        return text.toString();
    }

    boolean isPoison(Provenance frame) {
        return deaths.getOrDefault(place(frame), 0) >= MAX_DEATHS;
    }

    boolean isEmpty() {
        return deaths.isEmpty();
    }

    private static String place(Provenance frame) {
        return frame.topic() + "/" + frame.partition() + "/" + frame.offset();
    }
}
