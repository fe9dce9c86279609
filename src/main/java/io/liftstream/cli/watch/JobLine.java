package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import io.liftstream.frame.RejectionReason;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines that tell of a job's frames. */
final class JobLine {
    private JobLine() {}

    /**
     * Of a job without end.
     *
     * @param counts since the last line
     * @param time that the line tells of
     */
    static String live(FrameCounts counts, Duration time, JobSample now) {
        StringBuilder line = new StringBuilder();
        line.append("in ").append(counts.read());
        line.append(", lifted ").append(counts.lifted());
        line.append(" (").append(rate(counts.lifted(), time)).append(" fps)");
        line.append(rejected(counts));
        if (counts.lifted() > 0 && now.maxAgeMillis() > 0) {
            line.append("; age median ")
                    .append(DurationText.of(Duration.ofMillis(now.medianAgeMillis())));
            line.append(", oldest ").append(DurationText.of(Duration.ofMillis(now.maxAgeMillis())));
        }
        if (now.waiting() > 0) {
            line.append("; ").append(now.waiting()).append(" waiting on the topic");
        }
        return line.toString();
    }

    /**
     * Of a job that ends by itself.
     *
     * @param all since it started
     * @param counts since the last line
     * @param time that the line tells of
     * @param frames of the whole job
     */
    static String replay(FrameCounts all, FrameCounts counts, Duration time, long frames) {
        // After a restart frames are counted again.
        long done = Math.min(all.outcomes(), frames);
        String line =
                String.format(
                        Locale.ROOT,
                        "%d of %d frames (%d %%), %s fps",
                        done,
                        frames,
                        frames == 0 ? 100 : 100 * done / frames,
                        rate(counts.outcomes(), time));
        if (counts.outcomes() > 0 && done < frames) {
            long nanos = (long) ((double) time.toNanos() / counts.outcomes() * (frames - done));
            line += ", " + DurationText.of(Duration.ofNanos(nanos)) + " left";
        }
        return line + "; lifted " + all.lifted() + rejected(all);
    }

    /**
     * What was done in all.
     *
     * @param all since the job started
     * @param time since then
     */
    static String end(FrameCounts all, Duration time) {
        return "in "
                + all.read()
                + ", lifted "
                + all.lifted()
                + rejected(all)
                + " in "
                + DurationText.of(time);
    }

    private static String rejected(FrameCounts counts) {
        if (counts.allRejected() == 0) {
            return ", rejected 0";
        }
        String reasons =
                counts.rejected().entrySet().stream()
                        .sorted(
                                Map.Entry.<RejectionReason, Long>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return ", rejected " + counts.allRejected() + " (" + reasons + ")";
    }

    private static String rate(long frames, Duration time) {
        return String.format(Locale.ROOT, "%.1f", frames / (time.toNanos() / 1e9));
    }
}
