package io.liftstream.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table of a chaos run, printed as it grows: each fault, when it came, and how soon each job
 * had recovered.
 */
final class ChaosReport {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final long startMillis = System.currentTimeMillis();
    private final List<String> jobs;
    private final Map<Fault, List<DoubleSummaryStatistics>> recoveries = new EnumMap<>(Fault.class);

    /**
     * @param jobs their names
     */
    ChaosReport(List<String> jobs) {
        this.jobs = List.copyOf(jobs);
        System.out.println(row("at s", "fault", "lasts s", jobs));
    }

    /**
     * Prints a fault when all jobs have recovered from it.
     *
     * @param begunMillis when it began, milliseconds since 1970
     * @param recovered for each job from then to its recovery
     */
    void add(Fault fault, long begunMillis, List<Duration> recovered) {
        List<DoubleSummaryStatistics> sums =
                recoveries.computeIfAbsent(
                        fault,
                        added -> jobs.stream().map(job -> new DoubleSummaryStatistics()).toList());
        List<String> cells = new ArrayList<>();
        for (int job = 0; job < jobs.size(); job++) {
            double seconds = recovered.get(job).toMillis() / MILLIS_PER_SECOND;
            sums.get(job).accept(seconds);
            cells.add(decimal(seconds));
        }
        System.out.println(
                row(
                        decimal((begunMillis - startMillis) / MILLIS_PER_SECOND),
                        fault.toString(),
                        Long.toString(fault.lasting().toSeconds()),
                        cells));
    }

    /** Prints the least, mean and greatest recovery time of each kind of fault. */
    void printSummary() {
        System.out.println("Seconds from the beginning of a fault, least / mean / greatest:");
        recoveries.forEach(
                (fault, sums) -> {
                    List<String> cells = sums.stream().map(ChaosReport::summary).toList();
                    String count = sums.get(0).getCount() + " x";
                    System.out.println(row(count, fault.toString(), "", cells));
                });
    }

    private static String summary(DoubleSummaryStatistics seconds) {
        return "%s / %s / %s"
                .formatted(
                        decimal(seconds.getMin()),
                        decimal(seconds.getAverage()),
                        decimal(seconds.getMax()));
    }

    private static String row(String first, String fault, String lasting, List<String> cells) {
        StringBuilder text = new StringBuilder("%8s  %-54s %7s".formatted(first, fault, lasting));
        cells.forEach(cell -> text.append("%22s".formatted(cell)));
        return text.toString();
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
