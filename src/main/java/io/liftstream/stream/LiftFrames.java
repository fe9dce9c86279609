package io.liftstream.stream;

import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.CameraOptics;
import io.liftstream.lifting.CameraScaling;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.FrameFailure;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.lifting.scale.CameraScale;
import io.liftstream.lifting.scale.DepthSamples;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.ResultEncoder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the geometry of estimated frames, depth to metres to points, and encodes the results. Sees
 * each camera's frames in their order, under the camera's key, and keeps what its steady scale
 * remembers in its state; frames that cannot be lifted or encoded go to {@link RejectionOutput#TAG}
 * and leave that state as it was.
 *
 * <p>Each frame is encoded before the next is lifted, so one cloud exists at a time, and its points
 * are packed straight into the record's value.
 */
public final class LiftFrames extends KeyedProcessFunction<String, EstimatedFrame, EncodedResult> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LiftFrames.class);

    static final String SCALE_STATE_NAME = "camera-scale";

    private final LiftSettings settings;
    private final CalibrationFeed.Opener calibrationFeed;
    private final int maxOriginalBytes;

    private transient ValueState<CameraScale> memory;
    private transient CameraScaling scaling;
    private transient KnownCalibrations calibrations;
    private transient CameraOptics optics;
    private transient ImageLifter lifter;
    private transient ResultEncoder results;
    private transient LiftMetrics metrics;
    private transient CameraTemporalError temporalError;

    /**
     * Lifts frames.
     *
     * @param settings of the cameras and of the results
     * @param calibrationFeed of the calibration topic; null where there is none
     * @param maxOriginalBytes how much of a frame travels with its rejection
     */
    public LiftFrames(
            LiftSettings settings, CalibrationFeed.Opener calibrationFeed, int maxOriginalBytes) {
        this.settings = settings;
        this.calibrationFeed = calibrationFeed;
        this.maxOriginalBytes = maxOriginalBytes;
    }

    @Override
    public void open(OpenContext openContext) {
        memory = getRuntimeContext().getState(scaleState());
        scaling = new CameraScaling(settings.steadyScale());
        if (calibrationFeed != null) {
            calibrations =
                    new KnownCalibrations(
                            calibrationFeed.open(), settings.calibrations(), Clock.systemUTC());
        }
        optics = new CameraOptics();
        lifter = new ImageLifter();
        results = new ResultEncoder(settings.format());
        metrics = new LiftMetrics(getRuntimeContext().getMetricGroup());
        temporalError = new CameraTemporalError(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void close() {
        if (calibrations != null) {
            calibrations.close();
        }
    }

    private ValueStateDescriptor<CameraScale> scaleState() {
        ValueStateDescriptor<CameraScale> state =
                new ValueStateDescriptor<>(SCALE_STATE_NAME, CameraScaleSerializer.INSTANCE);
        if (settings.memoryTtlMillis() > 0) {
            state.enableTimeToLive(
                    StateTtlConfig.newBuilder(Duration.ofMillis(settings.memoryTtlMillis()))
                            .build());
        }
        return state;
    }

    @Override
    public void processElement(EstimatedFrame frame, Context context, Collector<EncodedResult> out)
            throws IOException {
        CameraScale remembered = memory.value();
        CameraSetup setup = setupOf(frame);
        CameraScaling.Scaled scaled;
        EncodedResult encoded;
        try {
            scaled = scaled(frame, setup, remembered);
            encoded = lifted(frame, setup, scaled.image());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            reject(frame, FrameFailure.of(e), context);
            return;
        }
        // Outside: what state or a sink throws is no frame's fault.
        out.collect(encoded);
        metrics.markAge(frame.frame().frame(), context.timerService().currentProcessingTime());
        if (scaled.memory() != null) {
            memory.update(scaled.memory());
        }
    }

    private void reject(EstimatedFrame frame, LiftingException failure, Context context) {
        metrics.markRejected(failure.reason());
        context.output(
                RejectionOutput.TAG,
                FrameRejection.withOriginal(
                                failure.reason(),
                                ResultEncoder.STAGE,
                                failure.getMessage(),
                                frame.frame().frame())
                        .withOriginalCutTo(maxOriginalBytes));
    }

    private CameraSetup setupOf(EstimatedFrame frame) {
        return CameraSetup.of(
                calibrations == null ? null : calibrations.of(frame),
                settings.geometryOf(frame.cameraId()).pose());
    }

    private CameraScaling.Scaled scaled(
            EstimatedFrame frame, CameraSetup setup, CameraScale remembered) {
        SequencedFrame sequenced = frame.frame();
        CameraGeometry geometry = settings.geometryOf(frame.cameraId());
        return scaling.scale(
                seen(
                        frame,
                        setup.calibration() == null
                                ? geometry.calibration()
                                : setup.calibration().lens()),
                sequenced.epoch(),
                sequenced.frame().captureTimeNanos(),
                geometry.scale(),
                knownPoints(frame, setup, geometry),
                remembered);
    }

    /** The calibration's, where it has some, as its pose is stronger than the configured one. */
    private static KnownPoints knownPoints(
            EstimatedFrame frame, CameraSetup setup, CameraGeometry geometry) {
        DatedCalibration published = setup.calibration();
        if (published != null && !published.knownPoints().isEmpty()) {
            return CameraOptics.knownPoints(
                    frame.image(), published.knownPoints(), published.lens());
        }
        boolean sized = geometry.calibration() != null && !geometry.knownPoints().isEmpty();
        return sized
                ? CameraOptics.knownPoints(
                        frame.image(), geometry.knownPoints(), geometry.calibration())
                : geometry.knownPoints();
    }

    /** Through the camera's lens, unless the frame brought intrinsics of its own. */
    private EstimatedImage seen(EstimatedFrame frame, CameraCalibration calibration) {
        return calibration == null || frame.intrinsicsSource() == IntrinsicsSource.MESSAGE
                ? frame.image()
                : optics.calibrated(frame.image(), calibration);
    }

    private EncodedResult lifted(EstimatedFrame frame, CameraSetup setup, EstimatedImage image) {
        long start = System.nanoTime();
        LiftedImage lifted = lifter.lift(image);
        warnOfSaturation(frame, lifted.result().saturatedPixels());
        IntrinsicsSource source =
                image.calibration() == null
                        ? frame.intrinsicsSource()
                        : IntrinsicsSource.CALIBRATION;
        measureTemporalError(frame.cameraId(), image);
        EncodedResult encoded = results.encode(frame.frame(), source, setup, lifted);
        metrics.markLifted(encoded.value().length, System.nanoTime() - start);
        return encoded;
    }

    private void measureTemporalError(String cameraId, EstimatedImage image) {
        if (temporalError.measures(cameraId)) {
            DepthSamples samples = lifter.samples(image);
            if (samples != null) {
                temporalError.measure(cameraId, samples);
            }
        }
    }

    private void warnOfSaturation(EstimatedFrame frame, int pixels) {
        if (metrics.markSaturated(pixels)) {
            LOG.warn(
                    "LINEAR clips {} pixels of camera {} at 65535 / depth_scale: lower depth_scale"
                            + " or depth_trunc; further frames are counted in saturatedPixels"
                            + " alone",
                    pixels,
                    frame.cameraId());
        }
    }
}
