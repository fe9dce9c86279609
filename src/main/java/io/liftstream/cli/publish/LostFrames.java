package io.liftstream.cli.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which frames of a video refer to one that is missing: those whose packets come behind the gap, up
 * to the next key frame, and those that are shown before that key frame.
 */
final class LostFrames {
    private final Set<Long> lost = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();
    private boolean behindGap;
    private long wholeFrom = Long.MIN_VALUE;
    private boolean inRow;

    /**
     * Notes a packet that was decoded.
     *
     * @param time when its frame is shown, in the stream's units
     * @param key whether its frame refers to no other
     * @param gap whether the decoder missed frames before it
     */
    void decoded(long time, boolean key, boolean gap) {
        if (key) {
            wholeFrom = behindGap ? time : wholeFrom;
            behindGap = false;
        } else if (gap) {
            behindGap = true;
        }
        if (behindGap || time < wholeFrom) {
            lost.add(time);
        }
    }

    /** Whether the frame that is shown at a time is lost; it is noted then. */
    boolean take(long time, long offsetNanos) {
        boolean found = lost.remove(time);
        if (found) {
            if (!inRow) {
                rows.add(new Row(offsetNanos));
            }
            rows.get(rows.size() - 1).frames++;
        }
        inRow = found;
        return found;
    }

    /** One line for each row of frames that were lost. */
    List<String> lines(String file) {
        return rows.stream().map(row -> row.line(file)).toList();
    }

    /** Frames one after the other. */
    private static final class Row {
        private final long offsetNanos;
        private long frames;

        Row(long offsetNanos) {
            this.offsetNanos = offsetNanos;
        }

        private String line(String file) {
            return file
                    + ": "
                    + (frames == 1 ? "1 frame" : frames + " frames")
                    + " from "
                    + TimeUnit.NANOSECONDS.toMillis(offsetNanos)
                    + " ms on left out: a packet before is missing, so they would show other"
                    + " pictures";
        }
    }
}
