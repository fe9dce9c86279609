package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.scale.CameraScale;
import io.liftstream.lifting.scale.FrameScale;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.lifting.scale.ScaledFrame;
import io.liftstream.lifting.scale.SteadyScale;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.lifting.scale.SurveyedScale;

/**
 * Decides what the relative depth of a camera's frames means: by known points, by what its frames
 * before agreed on, or by the frame alone. Keeps scratch memory; not thread safe.
 */
public final class CameraScaling {
    private final SteadyScale steady;

    /**
     * Scales frames.
     *
     * @param options how fast a steady scale follows its camera
     */
    public CameraScaling(SteadyScaleSettings options) {
        this.steady = new SteadyScale(options);
    }

    /**
     * An image that knows what its outputs mean, and what to remember for the camera's next one.
     *
     * @param image the image
     * @param memory of the camera; what was given where the image changed nothing
     */
    public record Scaled(EstimatedImage image, CameraScale memory) {}

    /**
     * Scales the next image of a camera. Metric models, supplied depth, other mappings than INVERSE
     * and fixed ranges say by themselves what they mean, and change nothing.
     *
     * @param image with its depth
     * @param epoch of the camera
     * @param captureTimeNanos not before that of the camera's image before
     * @param mode the camera's
     * @param points the camera's known points
     * @param before what the camera's image before left; null where there is none
     * @return the scaled image
     * @throws LiftingException INVALID_COMMAND where a known point is outside the picture
     */
    public Scaled scale(
            EstimatedImage image,
            int epoch,
            long captureTimeNanos,
            ScaleMode mode,
            KnownPoints points,
            CameraScale before) {
        LiftingParameters parameters = image.parameters();
        if (image.source().measured()
                || parameters.mapping() != DepthMapping.INVERSE
                || parameters.fixedRange() != null) {
            return new Scaled(image, before);
        }
        ImageSize size = new ImageSize(image.image().width(), image.image().height());
        points.requireInside(image.pictureSize());
        ScaledFrame frame =
                new ScaledFrame(
                        image.source().identity(),
                        epoch,
                        captureTimeNanos,
                        size.width(),
                        size.height(),
                        image.depthMap(),
                        image.image().rgb(),
                        points.isEmpty()
                                ? null
                                : new SurveyedScale(
                                        points.scaled(image.pictureSize(), size),
                                        parameters.near(),
                                        parameters.far()));
        if (mode == ScaleMode.STEADY) {
            SteadyScale.Step step = steady.next(before, frame);
            return new Scaled(image.scaled(step.scale(), step.correction()), step.memory());
        }
        FrameScale own = SteadyScale.ofFrame(frame, image.range().min(), image.range().max());
        return new Scaled(own == null ? image : image.scaled(own, null), before);
    }
}
