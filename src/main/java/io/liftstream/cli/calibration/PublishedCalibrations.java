package io.liftstream.cli.calibration;

import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.CalibrationTopic;
import io.liftstream.lifting.calibration.CalibrationOrder;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.wire.CalibrationCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies on a calibration topic, judged as the job judges it. */
final class PublishedCalibrations {
    private final CalibrationOrder order;
    private final Map<String, CalibrationOrder.Mark> last = new HashMap<>();
    private final List<Judged> records = new ArrayList<>();

    /**
     * @param calibration null where the record holds none
     * @param problem why it does not count, or null
     */
    record Judged(
            CalibrationRecord published,
            DatedCalibration calibration,
            boolean repeats,
            String problem) {}

    private PublishedCalibrations(CalibrationOrder order) {
        this.order = order;
    }

    /** Reads the topic to its end. */
    static PublishedCalibrations read(JobSettings settings, String topic) {
        PublishedCalibrations published =
                new PublishedCalibrations(
                        new CalibrationOrder(
                                settings.topology().lift().calibrations().maxAheadMillis()));
        try (CalibrationFeed feed = CalibrationTopic.asOfNow(settings.kafka(), topic).open()) {
            feed.readOn(published::add);
        }
        return published;
    }

    /** In the order of the topic. */
    List<Judged> records() {
        return records;
    }

    /** What a record would be, if it were published next. */
    Judged judge(CalibrationRecord published) {
        DatedCalibration calibration;
        try {
            calibration = CalibrationCodec.decode(published);
        } catch (CalibrationCodec.UnusableCalibrationException e) {
            return new Judged(published, null, false, e.getMessage());
        }
        CalibrationOrder.Mark before = last.get(published.key());
        String problem = order.problem(before, calibration);
        return new Judged(
                published,
                calibration,
                problem == null && CalibrationOrder.repeats(before, calibration),
                problem);
    }

    private void add(CalibrationRecord published) {
        Judged judged = judge(published);
        if (judged.problem() == null && !judged.repeats()) {
            last.merge(
                    published.key(),
                    CalibrationOrder.Mark.after(null, judged.calibration()),
                    (before, next) -> CalibrationOrder.Mark.after(before, judged.calibration()));
        }
        records.add(judged);
    }
}
