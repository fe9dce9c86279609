package io.liftstream.cli.console;

import io.liftstream.kafka.PartitionRange;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells the user what a topic's retention removed while a command read it. */
public final class RemovedRecords {
    private static final int COMPLAINTS_SHOWN = 10;

    private final PrintWriter complaints;
    private long stretches;
    private long offsets;

    /**
     * Nothing was removed yet.
     *
     * @param complaints gets a line for each stretch, up to ten
     */
    public RemovedRecords(PrintWriter complaints) {
        this.complaints = complaints;
    }

    /**
     * Says that a stretch is gone.
     *
     * @param gone not empty
     */
    public void add(PartitionRange gone) {
        stretches++;
        offsets += gone.length();
        if (stretches <= COMPLAINTS_SHOWN) {
            complaints.printf(
                    Locale.ROOT,
                    "%s/%d: retention removed offsets %d to %d before they were read%n",
                    gone.partition().topic(),
                    gone.partition().partition(),
                    gone.start(),
                    gone.end() - 1);
        }
    }

    /**
     * {@return the exit code of a command that has read all that was left: failed where something
     * is missing}
     */
    public int exitCode() {
        if (offsets > 0) {
            complaints.println(
                    offsets
                            + " offsets were removed before they were read, and are missing here;"
                            + " give the topic a longer retention.ms");
        }
        return offsets == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
