package io.liftstream.lifting;

import io.liftstream.image.Grey16Range;
import io.liftstream.image.ImageDecoder;
import io.liftstream.network.DepthModels;
import io.liftstream.network.NetworkLender;
import java.util.List;

/**
 * Lifts images into depth maps and point clouds: {@code new DepthEstimation().run(command)}.
 *
 * <p>Keeps scratch memory between calls; not thread safe, so have one per thread. Results share no
 * memory with it.
 */
public final class DepthEstimation implements AutoCloseable {
    /** Decodes as vizion3d does. */
    private static final ImageDecoder DECODER =
            new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                    .withGrey16Range(Grey16Range.clipped());

    private final DepthModels owned;
    private final ImagePreparation preparation;
    private final DepthEstimator estimator;
    private final ImageLifter lifter = new ImageLifter();
    private final StepListener listener;

    /** Uses the default catalogue, opened and closed with this object. */
    public DepthEstimation() {
        this(DepthModels.openDefault(), DefaultIntrinsics.PRIME_SENSE);
    }

    private DepthEstimation(DepthModels owned, DefaultIntrinsics defaultIntrinsics) {
        this(owned, owned, DECODER, defaultIntrinsics, StepListener.NONE);
    }

    /**
     * Uses these models, and PrimeSense's default intrinsics.
     *
     * @param models stay the caller's to close
     */
    public DepthEstimation(NetworkLender models) {
        this(models, DECODER, DefaultIntrinsics.PRIME_SENSE, StepListener.NONE);
    }

    /**
     * Uses these models.
     *
     * @param models stay the caller's to close
     * @param decoder how images become pixels
     * @param defaultIntrinsics stand in for intrinsics that a command leaves out
     * @param listener is told how long each step took
     */
    public DepthEstimation(
            NetworkLender models,
            ImageDecoder decoder,
            DefaultIntrinsics defaultIntrinsics,
            StepListener listener) {
        this(null, models, decoder, defaultIntrinsics, listener);
    }

    private DepthEstimation(
            DepthModels owned,
            NetworkLender models,
            ImageDecoder decoder,
            DefaultIntrinsics defaultIntrinsics,
            StepListener listener) {
        this.owned = owned;
        this.preparation =
                new ImagePreparation(
                        models, decoder, defaultIntrinsics, ResultSize.IMAGE, ImageSizeLimit.NONE);
        this.estimator = new DepthEstimator(ResultSize.IMAGE, listener);
        this.listener = listener;
    }

    /** {@return a facade that lifts supplied depth alone; a command without it is refused} */
    public static DepthEstimation withoutModels() {
        return new DepthEstimation(
                modelBackend -> {
                    throw DepthEstimationCommand.invalid(
                            "supplied_depth", null, "must be given where there are no models");
                });
    }

    /**
     * Lifts one image.
     *
     * @param command what to lift, and how
     * @return the depth map and what else the command asks for
     * @throws io.liftstream.frame.LiftingException for input that cannot be lifted, naming the
     *     field, its value and what would be right; and for a network that fails
     * @throws io.liftstream.network.ModelsInUseException when as many models as may be are open and
     *     in use
     * @throws io.liftstream.network.DeviceFailedException when the GPU that runs other models can
     *     no longer run any
     */
    public DepthEstimationResult run(DepthEstimationCommand command) {
        return lifter.lift(estimate(command)).packed();
    }

    private EstimatedImage estimate(DepthEstimationCommand command) {
        long start = System.nanoTime();
        if (command.suppliedDepth() != null) {
            EstimatedImage image = preparation.withSuppliedDepth(command);
            listener.done(LiftingStep.PREPARE, 1, System.nanoTime() - start);
            return image;
        }
        try (PreparedImage image = preparation.forNetwork(command)) {
            listener.done(LiftingStep.PREPARE, 1, System.nanoTime() - start);
            return estimator.estimate(List.of(image)).get(0).imageOrThrow();
        }
    }

    /** Closes the default models, if this object opened them. */
    @Override
    public void close() {
        if (owned != null) {
            owned.close();
        }
    }
}
