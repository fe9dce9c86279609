package io.liftstream.stream;

import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.wire.CalibrationCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** A calibration topic in memory. */
final class Calibrations implements CalibrationFeed {
    private static final long MILLI = 1_000_000;

    final List<CalibrationRecord> topic = new ArrayList<>();
    private int handedOver;
    private int questions;
    private boolean closed;

    /** A calibration that was appended 1000 ms plus its offset after 1970. */
    static CalibrationRecord published(
            String camera, long validFromMillis, double focal, long offset) {
        CameraCalibration lens =
                new CameraCalibration(
                        64,
                        48,
                        new Intrinsics(focal, focal, 31.5, 23.5),
                        LensModel.PLUMB_BOB,
                        Collections.nCopies(5, 0.0));
        return published(camera, lens, KnownPoints.NONE, validFromMillis, offset);
    }

    /** The same, of any lens and with known points. */
    static CalibrationRecord published(
            String camera,
            CameraCalibration lens,
            KnownPoints points,
            long validFromMillis,
            long offset) {
        return new CalibrationRecord(
                camera,
                CalibrationCodec.encode(
                        lens, Rectification.NONE, null, points, validFromMillis * MILLI),
                new Provenance("calibration", 0, offset, 1_000 + offset));
    }

    @Override
    public void readOn(Consumer<CalibrationRecord> receiver) {
        questions++;
        while (handedOver < topic.size()) {
            receiver.accept(topic.get(handedOver++));
        }
    }

    /** How often the topic was asked for what is new. */
    int questions() {
        return questions;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
