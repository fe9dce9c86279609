package io.liftstream.cli.bench;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What the contenders showed, for people. */
final class BenchReport {
    private static final double MEGA = 1e6;

    private final Map<Contender, List<Measurement>> shown;

    BenchReport(Map<Contender, List<Measurement>> shown) {
        this.shown = shown;
    }

    /** The ratios that are asked about: the job's number over another contender's. */
    static Map<Contender, Spread> ratios(
            Map<Contender, List<Measurement>> shown, Function<Measurement, Double> number) {
        Map<Contender, Spread> ratios = new EnumMap<>(Contender.class);
        List<Measurement> job = shown.get(Contender.JOB);
        if (job != null) {
            shown.forEach(
                    (contender, rounds) -> {
                        if (contender != Contender.JOB) {
                            ratios.put(contender, Spread.ofRatios(job, rounds, number));
                        }
                    });
        }
        return ratios;
    }

    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%-36s", "");
        shown.keySet().forEach(contender -> out.printf(Locale.ROOT, "%24s", contender.letter()));
        out.println();
        row(out, "frames a second", Measurement::framesPerSecond, 1);
        row(out, "CPU, ms a frame", Measurement::cpuMillis, 2);
        row(out, "  of it the network", Measurement::networkCpuMillis, 2);
        row(out, "  of it garbage collection", Measurement::collectorCpuMillis, 2);
        row(out, "  of it the JIT compiler", Measurement::compilerCpuMillis, 2);
        row(out, "heap allocated, MB a frame", of -> scaled(of.allocatedBytes()), 2);
        row(out, "record in, MB", of -> scaled(of.bytesIn()), 3);
        row(out, "result out, MB", of -> scaled(of.bytesOut()), 3);
        row(out, "frames a batch", Measurement::batchFrames, 1);
        for (String stage : stages()) {
            row(out, "stage " + stage + ", ms", of -> of.stageMillis().get(stage), 2);
        }
        row(out, "peak memory, MB", of -> scaled(of.peakMemoryBytes()), 0);
        row(out, "start to first result, s", Measurement::startSeconds, 1);
        out.println();
        shown.keySet()
                .forEach(contender -> out.println(contender.letter() + "  " + contender.title()));
        out.println();
        printRatios(out, "frames a second", Measurement::framesPerSecond);
        printRatios(out, "CPU a frame", Measurement::cpuMillis);
    }

    private void printRatios(PrintWriter out, String what, Function<Measurement, Double> number) {
        ratios(shown, number)
                .forEach(
                        (contender, ratio) ->
                                out.printf(
                                        Locale.ROOT,
                                        "c/%s, %s: %s%n",
                                        contender.letter(),
                                        what,
                                        ratio.text(2)));
    }

    private Set<String> stages() {
        Set<String> stages = new TreeSet<>();
        shown.values()
                .forEach(rounds -> rounds.forEach(of -> stages.addAll(of.stageMillis().keySet())));
        return stages;
    }

    private void row(
            PrintWriter out, String title, Function<Measurement, Double> number, int decimals) {
        out.printf(Locale.ROOT, "%-36s", title);
        for (List<Measurement> rounds : shown.values()) {
            Spread spread = Spread.of(rounds, number);
            out.printf(Locale.ROOT, "%24s", spread == null ? "" : spread.text(decimals));
        }
        out.println();
    }

    private static Double scaled(Double bytes) {
        return bytes == null ? null : bytes / MEGA;
    }

    /** One line on what was lifted. */
    static String heading(PictureSize size, double pictureBytes, int frames, int parallelism) {
        return String.format(
                Locale.ROOT,
                "%d frames of %s, JPEG of %.0f kB; %d threads; median (least to largest) of the"
                        + " rounds",
                frames,
                size,
                pictureBytes / 1000,
                parallelism);
    }
}
