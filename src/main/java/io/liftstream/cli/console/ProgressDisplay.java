package io.liftstream.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of long work: a bar on a terminal, a line every few seconds elsewhere. */
public final class ProgressDisplay implements AutoCloseable {
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final String task;
    private long total;
    private final String unit;
    private final String units;
    private final PrintStream out;
    private final ProgressBar bar;
    private long done;
    private long lastLineNanos = System.nanoTime();

    /** Without a bar it shows lines alone. */
    ProgressDisplay(
            String task, long total, String unit, String units, PrintStream out, ProgressBar bar) {
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.units = units;
        this.out = out;
        this.bar = bar;
    }

    /**
     * Begins to show a task of so many steps on standard error.
     *
     * @param task what is being done
     * @param total steps of the whole task
     * @param unit what a step is, for one: {@code image}
     * @return a display that shows no step yet
     */
    public static ProgressDisplay of(String task, long total, String unit) {
        return onStandardError(task, total, unit, unit + "s");
    }

    /**
     * As above, for a size.
     *
     * @param task what is being done
     * @param total of the whole task, or -1 where it is not known
     * @param unit which has no plural: {@code MiB}
     * @return a display that shows nothing yet
     */
    public static ProgressDisplay ofSize(String task, long total, String unit) {
        return onStandardError(task, total, unit, unit);
    }

    @SuppressWarnings(
            "SystemConsoleNull") // The launcher sets jdk.console, which keeps it null there.
    private static ProgressDisplay onStandardError(
            String task, long total, String unit, String units) {
        boolean terminal = System.console() != null;
        ProgressBar bar =
                terminal
                        ? new ProgressBarBuilder()
                                .setTaskName(task)
                                .setInitialMax(total)
                                .setUnit(" " + units, 1)
                                .showSpeed()
                                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                                .build()
                        : null;
        return new ProgressDisplay(task, total, unit, units, System.err, bar);
    }

    /** Shows lines alone. */
    static ProgressDisplay lines(String task, long total, String unit, PrintStream out) {
        return new ProgressDisplay(task, total, unit, unit + "s", out, null);
    }

    /**
     * Shows that this many steps are done.
     *
     * @param steps done so far, from 0
     */
    public synchronized void reached(long steps) {
        done = steps;
        if (bar != null) {
            bar.stepTo(steps);
        } else if (System.nanoTime() - lastLineNanos >= LINE_EVERY_NANOS) {
            printLine();
        }
    }

    /**
     * Corrects the number of steps, where it was an estimate.
     *
     * @param steps of the whole task
     */
    public synchronized void expect(long steps) {
        total = steps;
        if (bar != null) {
            bar.maxHint(steps);
        }
    }

    private void printLine() {
        lastLineNanos = System.nanoTime();
        String of = total < 0 ? "" : " of " + total;
        out.println(task + ": " + done + of + " " + (total == 1 ? unit : units));
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        } else {
            printLine();
        }
    }
}
