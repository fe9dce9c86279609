package io.liftstream.cli.view;

import java.util.function.LongSupplier;

/** The pace at which frames were captured, from the first one on. Not thread-safe. */
final class RecordedPace {
    private final LongSupplier clock;
    private boolean started;
    private long firstCaptureNanos;
    private long startNanos;

    /**
     * @param clock nanoseconds of any origin
     */
    RecordedPace(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * How long until a frame's turn, nanoseconds; 0 or less when it has come.
     *
     * @param captureNanos of the frame, since 1970
     */
    long untilTurn(long captureNanos) {
        if (!started) {
            started = true;
            firstCaptureNanos = captureNanos;
            startNanos = clock.getAsLong();
        }
        return startNanos + (captureNanos - firstCaptureNanos) - clock.getAsLong();
    }
}
