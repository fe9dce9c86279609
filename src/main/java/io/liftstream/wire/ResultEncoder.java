package io.liftstream.wire;

import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.lifting.calibration.CameraSetup;

/**
 * Writes results as {@code DepthEstimationResult} messages, made smaller step by step where they
 * would be too large for the topic, as {@link Degradation} lists them.
 */
public final class ResultEncoder {

    /** Name of this stage in rejections. */
    public static final String STAGE = "encode";

    private final ResultFormat format;
    private final CloudParts clouds = new CloudParts();

    /**
     * An encoder for one format.
     *
     * @param format what results hold and how large they may become
     */
    public ResultEncoder(ResultFormat format) {
        this.format = format;
    }

    /**
     * Encodes a result.
     *
     * @param frame the frame
     * @param intrinsicsSource where its intrinsics came from
     * @param setup of its camera
     * @param image what it became
     * @return the result as it goes to the depth topic, degraded where it was too large
     * @throws LiftingException RESULT_TOO_LARGE where no step makes it small enough
     */
    public EncodedResult encode(
            SequencedFrame frame,
            IntrinsicsSource intrinsicsSource,
            CameraSetup setup,
            LiftedImage image) {
        ResultMessage message =
                new ResultMessage(frame, intrinsicsSource, setup, image, format, clouds);
        requireFits(message);
        return new EncodedResult(
                frame.frame().cameraId(),
                idOf(frame, image.result().backendIdentity()),
                frame.frame().captureTimeNanos(),
                message.toByteArray());
    }

    /**
     * Refuses an image whose result cannot fit even with a float16 depth map and no cloud, before
     * anything is spent on it.
     *
     * @param result its size
     * @throws LiftingException RESULT_TOO_LARGE
     */
    public void requireMayFit(ImageSize result) {
        long minBytes = format.minBytesPerPixel() * result.pixels();
        if (minBytes > format.maxBytes()) {
            throw new LiftingException(
                    RejectionReason.RESULT_TOO_LARGE,
                    "result size",
                    result,
                    "its depth alone has "
                            + minBytes
                            + " bytes; send a smaller image, set result.size to network, or raise"
                            + " result.max-bytes ("
                            + format.maxBytes()
                            + ")");
        }
    }

    private void requireFits(ResultMessage message) {
        for (Degradation step : Degradation.values()) {
            if (message.size() <= format.maxBytes()) {
                return;
            }
            message.apply(step);
        }
        if (message.size() > format.maxBytes()) {
            throw new LiftingException(
                    RejectionReason.RESULT_TOO_LARGE,
                    "encoded result",
                    message.size() + " bytes without mesh and cloud",
                    "send a smaller image, set result.size to network, or raise result.max-bytes ("
                            + format.maxBytes()
                            + ")");
        }
    }

    private static String idOf(SequencedFrame frame, String backend) {
        Provenance provenance = frame.frame().provenance();
        return String.join(
                "/",
                provenance.topic(),
                Integer.toString(provenance.partition()),
                Long.toString(provenance.offset()),
                backend);
    }
}
