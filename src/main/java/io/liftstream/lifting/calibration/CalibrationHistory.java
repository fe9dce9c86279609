package io.liftstream.lifting.calibration;

import java.util.ArrayList;
import java.util.List;

/** The calibrations of one camera that count. */
public final class CalibrationHistory {
    private final List<DatedCalibration> calibrations = new ArrayList<>();
    private CalibrationOrder.Mark last;

    /**
     * Takes the next calibration of the topic, where the order lets it count.
     *
     * @param next behind all that were taken before
     * @param order decides
     * @return whether there is one more now
     */
    public boolean add(DatedCalibration next, CalibrationOrder order) {
        if (order.problem(last, next) != null || CalibrationOrder.repeats(last, next)) {
            return false;
        }
        last = CalibrationOrder.Mark.after(last, next);
        calibrations.add(next);
        return true;
    }

    /**
     * {@return the calibration of a frame: of those published before the frame, the one that began
     * to hold last at its capture; null where there is none}
     *
     * @param appendedMillis when the broker appended the frame, milliseconds since 1970; {@link
     *     Long#MAX_VALUE} takes all calibrations for published before it
     * @param captureTimeNanos nanoseconds since 1970
     */
    public DatedCalibration inForce(long appendedMillis, long captureTimeNanos) {
        for (int i = calibrations.size() - 1; i >= 0; i--) {
            DatedCalibration calibration = calibrations.get(i);
            if (calibration.appendedMillis() <= appendedMillis
                    && calibration.validFromNanos() <= captureTimeNanos) {
                return calibration;
            }
        }
        return null;
    }
}
