package io.liftstream.stream;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.ResultEncoder;
import io.liftstream.wire.ResultFormat;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the geometry of estimated frames, depth to metres to points, and encodes the results. Sees
 * each camera's frames in their order, under the camera's key; frames that cannot be encoded go to
 * {@link RejectionOutput#TAG}.
 *
 * <p>Each frame is encoded before the next is lifted, so one cloud exists at a time, and its points
 * are packed straight into the record's value.
 */
public final class LiftFrames extends KeyedProcessFunction<String, EstimatedFrame, EncodedResult> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LiftFrames.class);

    private final ResultFormat format;

    private transient ImageLifter lifter;
    private transient ResultEncoder results;
    private transient LiftMetrics metrics;

    /**
     * Lifts frames into results of one format.
     *
     * @param format what results hold and how large they may become
     */
    public LiftFrames(ResultFormat format) {
        this.format = format;
    }

    @Override
    public void open(OpenContext openContext) {
        lifter = new ImageLifter();
        results = new ResultEncoder(format);
        metrics = new LiftMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            EstimatedFrame frame, Context context, Collector<EncodedResult> out) {
        try {
            out.collect(lifted(frame));
        } catch (LiftingException e) {
            metrics.markRejected(e.reason());
            context.output(
                    RejectionOutput.TAG,
                    FrameRejection.withOriginal(
                            e.reason(),
                            ResultEncoder.STAGE,
                            e.getMessage(),
                            frame.frame().frame()));
        }
    }

    private EncodedResult lifted(EstimatedFrame frame) {
        long start = System.nanoTime();
        LiftedImage image = lifter.lift(frame.image());
        warnOfSaturation(frame, image.result().saturatedPixels());
        EncodedResult encoded = results.encode(frame.frame(), frame.intrinsicsSource(), image);
        metrics.markLifted(encoded.value().length, System.nanoTime() - start);
        return encoded;
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
