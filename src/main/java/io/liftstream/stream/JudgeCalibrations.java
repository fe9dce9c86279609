package io.liftstream.stream;

import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.calibration.CalibrationOrder;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.wire.CalibrationCodec;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells of calibrations that do not count, each once. State per camera: the mark of the one that
 * counted last.
 */
public final class JudgeCalibrations
        extends KeyedProcessFunction<String, CalibrationRecord, FrameRejection> {

    /** Name of this stage in rejections. */
    public static final String STAGE = "calibrate";

    private static final long serialVersionUID = 1L;

    private final CalibrationSettings settings;
    private final int maxOriginalBytes;

    private transient CalibrationOrder order;
    private transient ValueState<CalibrationOrder.Mark> last;
    private transient Counter accepted;
    private transient Counter rejected;

    /**
     * @param settings how they are judged
     * @param maxOriginalBytes how much of a record travels with its rejection
     */
    public JudgeCalibrations(CalibrationSettings settings, int maxOriginalBytes) {
        this.settings = settings;
        this.maxOriginalBytes = maxOriginalBytes;
    }

    /**
     * {@return the key of a record; records without a key have one in common}
     *
     * @param published the record
     */
    public static String keyOf(CalibrationRecord published) {
        return published.key() == null ? "" : published.key();
    }

    @Override
    public void open(OpenContext openContext) {
        order = new CalibrationOrder(settings.maxAheadMillis());
        last =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "last-calibration", CalibrationMarkSerializer.INSTANCE));
        accepted = getRuntimeContext().getMetricGroup().counter("acceptedCalibrations");
        rejected = getRuntimeContext().getMetricGroup().counter("rejectedCalibrations");
    }

    @Override
    public void processElement(
            CalibrationRecord published, Context context, Collector<FrameRejection> out)
            throws Exception {
        String problem;
        try {
            problem = judge(CalibrationCodec.decode(published));
        } catch (CalibrationCodec.UnusableCalibrationException e) {
            problem = e.getMessage();
        }
        if (problem != null) {
            rejected.inc();
            out.collect(rejection(published, problem));
        }
    }

    private String judge(DatedCalibration calibration) throws Exception {
        CalibrationOrder.Mark before = last.value();
        String problem = order.problem(before, calibration);
        if (problem == null && !CalibrationOrder.repeats(before, calibration)) {
            last.update(CalibrationOrder.Mark.after(before, calibration));
            accepted.inc();
        }
        return problem;
    }

    private FrameRejection rejection(CalibrationRecord published, String problem) {
        return new FrameRejection(
                        RejectionReason.BAD_CALIBRATION,
                        STAGE,
                        problem,
                        published.provenance(),
                        published.key() != null && CameraId.isValid(published.key())
                                ? published.key()
                                : null,
                        null,
                        null,
                        published.value(),
                        published.value().length)
                .withOriginalCutTo(maxOriginalBytes);
    }
}
