package io.liftstream.stream;

import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.calibration.CalibrationHistory;
import io.liftstream.lifting.calibration.CalibrationOrder;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.wire.CalibrationCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the calibration topic says of all cameras, in memory: a frame gets the calibration that was
 * published before it and held at its capture, live and in a replay.
 *
 * <p>Whatever was published before a frame is on the topic when the frame is lifted, so it is
 * enough to read the topic to its end then, once for all frames of a batch; no watermark says when
 * a topic is silent on which months pass between two records. Nothing of it is in a savepoint,
 * since the topic keeps it all. Records that do not count are left out here without a word: {@link
 * JudgeCalibrations} tells of them.
 */
final class KnownCalibrations implements AutoCloseable {
    /** The most calibrations that a slot holds, about 400 bytes each. */
    static final int MAX_CALIBRATIONS = 500_000;

    /** Clocks of brokers and task managers differ by less. */
    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofHours(1);

    private final CalibrationFeed feed;
    private final CalibrationSettings settings;
    private final Clock clock;
    private final CalibrationOrder order;
    private final Map<String, CalibrationHistory> cameras = new HashMap<>();
    private int held;
    private long knownThroughMillis = Long.MIN_VALUE;

    /**
     * @param feed is closed with this object
     * @param clock the task manager's
     */
    KnownCalibrations(CalibrationFeed feed, CalibrationSettings settings, Clock clock) {
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
        this.order = new CalibrationOrder(settings.maxAheadMillis());
    }

    /** The calibration of a frame, or null. */
    DatedCalibration of(EstimatedFrame frame) {
        Provenance read = frame.frame().frame().provenance();
        if (read.brokerTimeMillis() > knownThroughMillis) {
            readOn(read.stampedByBroker() ? frame.newestOfBatchMillis() : Long.MIN_VALUE);
        }
        CalibrationHistory history = cameras.get(frame.cameraId());
        return history == null
                ? null
                : history.inForce(
                        settings.hindsight() ? Long.MAX_VALUE : read.brokerTimeMillis(),
                        frame.frame().frame().captureTimeNanos());
    }

    private void readOn(long newestReadMillis) {
        long longAgo = clock.millis() - MAX_CLOCK_DIFFERENCE.toMillis();
        feed.readOn(this::take);
        knownThroughMillis = Math.max(knownThroughMillis, Math.max(newestReadMillis, longAgo));
    }

    private void take(CalibrationRecord published) {
        DatedCalibration calibration;
        try {
            calibration = CalibrationCodec.decode(published);
        } catch (CalibrationCodec.UnusableCalibrationException e) {
            return;
        }
        CalibrationHistory history =
                cameras.computeIfAbsent(published.key(), camera -> new CalibrationHistory());
        if (history.add(calibration, order) && ++held > MAX_CALIBRATIONS) {
            throw new IllegalStateException(
                    "topic "
                            + published.provenance().topic()
                            + " has more than "
                            + MAX_CALIBRATIONS
                            + " calibrations: begin another one with what holds now");
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
