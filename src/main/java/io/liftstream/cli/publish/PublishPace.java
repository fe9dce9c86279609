package io.liftstream.cli.publish;

import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Option;

/** How fast a recording is published. */
final class PublishPace {
    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Playback speed relative to capture. Default: 1.")
    private Double speed;

    @Option(names = "--as-fast-as-possible", description = "Without waiting between images.")
    private boolean unpaced;

    /** The speed that was given, or null. */
    Double speed() {
        return speed;
    }

    /** Whether images are published without waiting. */
    boolean isUnpaced() {
        return unpaced;
    }

    /**
     * When an image is due after the first, nanoseconds.
     *
     * @param nanos when it was taken after the first
     */
    long due(long nanos) {
        return unpaced ? 0 : (long) (nanos / (speed == null ? 1 : speed));
    }

    /** Waits until a time of {@link System#nanoTime}. */
    static void await(long nanoTime) {
        for (long left = nanoTime - System.nanoTime();
                left > 0;
                left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
