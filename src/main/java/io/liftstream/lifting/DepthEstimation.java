package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.network.DepthModels;
import io.liftstream.network.NetworkLease;
import java.util.ArrayList;
import java.util.List;

/**
 * Lifts images into depth maps and point clouds: {@code new DepthEstimation().run(command)}.
 *
 * <p>Works in two stages, which the streaming job calls by themselves: {@link #prepare} checks a
 * command and decodes its image, {@link #estimate} runs the network once for several prepared
 * images and lifts each. {@link #run} is both for one command.
 *
 * <p>Keeps scratch memory between calls; not thread safe, so have one per thread. Results share no
 * memory with it.
 */
public final class DepthEstimation implements AutoCloseable {
    /** What results name as backend where the depth was supplied. */
    public static final String SUPPLIED = "supplied";

    private final DepthModels models;
    private final boolean ownsModels;
    private final ImageDecoder decoder;
    private final DefaultIntrinsics defaultIntrinsics;
    private final NetworkStage networkStage = new NetworkStage();
    private final LiftingStage liftingStage = new LiftingStage();

    /** Uses the default catalogue, opened and closed with this object. */
    public DepthEstimation() {
        this(
                DepthModels.openDefault(),
                true,
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                DefaultIntrinsics.PRIME_SENSE);
    }

    /**
     * Uses these models, which stay the caller's to close, and PrimeSense's default intrinsics.
     *
     * @param models stay the caller's to close
     */
    public DepthEstimation(DepthModels models) {
        this(
                models,
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                DefaultIntrinsics.PRIME_SENSE);
    }

    /** {@return a facade that lifts supplied depth alone; a command without it is refused} */
    public static DepthEstimation withoutModels() {
        return new DepthEstimation(null);
    }

    /**
     * @param models stay the caller's to close
     * @param decoder sets the largest image
     * @param defaultIntrinsics stand in for intrinsics that a command leaves out
     */
    public DepthEstimation(
            DepthModels models, ImageDecoder decoder, DefaultIntrinsics defaultIntrinsics) {
        this(models, false, decoder, defaultIntrinsics);
    }

    private DepthEstimation(
            DepthModels models,
            boolean ownsModels,
            ImageDecoder decoder,
            DefaultIntrinsics defaultIntrinsics) {
        this.models = models;
        this.ownsModels = ownsModels;
        this.decoder = decoder;
        this.defaultIntrinsics = defaultIntrinsics;
    }

    /**
     * Lifts one image.
     *
     * @param command what to lift, and how
     * @return the depth map and what else the command asks for
     * @throws LiftingException for input that cannot be lifted, and for a network that fails
     * @throws io.liftstream.network.DeviceFailedException when the GPU that runs other models can
     *     no longer run any
     */
    public DepthEstimationResult run(DepthEstimationCommand command) {
        try (PreparedImage prepared = prepare(command)) {
            return estimate(List.of(prepared)).get(0).resultOrThrow();
        }
    }

    /**
     * Checks a command, decodes its image and chooses its network and input size. The network is
     * opened where it is not yet, and stays open until the prepared image is closed.
     *
     * @param command what to lift, and how
     * @return to be closed when its batch is done
     * @throws LiftingException naming the field, its value and what would be right
     * @throws io.liftstream.network.ModelsInUseException when images that are not closed yet use as
     *     many models as may be open at a time
     * @throws io.liftstream.network.DeviceFailedException when the GPU that runs other models can
     *     no longer run any
     */
    public PreparedImage prepare(DepthEstimationCommand command) {
        RgbImage image = decoder.decode(ImageInput.read(command));
        SuppliedDepth supplied = command.suppliedDepth();
        if (supplied != null) {
            LiftingParameters parameters = parameters(command, image, DepthMapping.METRIC);
            requireFits(supplied, image, parameters.mapping());
            return PreparedImage.forSuppliedDepth(command, image, parameters);
        }
        if (models == null) {
            throw DepthEstimationCommand.invalid(
                    "supplied_depth", null, "must be given where there are no models");
        }
        return prepareForNetwork(command, image);
    }

    private PreparedImage prepareForNetwork(DepthEstimationCommand command, RgbImage image) {
        NetworkLease lease = models.lend(command.modelBackend());
        try {
            DepthMapping mapping = lease.network().facts().defaultMapping();
            LiftingParameters parameters = parameters(command, image, mapping);
            return PreparedImage.forNetwork(command, image, parameters, lease);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /**
     * Estimates and lifts images of one {@link PreparedImage#batchKey()} with one run of their
     * network; supplied depth needs none.
     *
     * @param images at least one
     * @return one outcome for each image, in order. An image whose network output is not finite
     *     fails alone
     * @throws LiftingException INFERENCE_FAILED when the run itself fails: nothing is known then
     *     about any of the images, and the caller may try them one by one
     * @throws IllegalArgumentException when the images have different keys
     */
    public List<LiftingOutcome> estimate(List<PreparedImage> images) {
        requireOneKey(images);
        if (images.get(0).network() != null) {
            List<LiftingOutcome> outcomes = new ArrayList<>(images.size());
            List<float[]> depthMaps = networkStage.run(images);
            for (int i = 0; i < images.size(); i++) {
                outcomes.add(liftingStage.liftEstimated(images.get(i), depthMaps.get(i)));
            }
            return outcomes;
        }
        return images.stream().map(liftingStage::liftSupplied).toList();
    }

    /**
     * Lifts a result's cloud again, thinned to every {@code stride}-th row and column, for results
     * that must become smaller.
     *
     * @param image the image that the result came from
     * @param result what the image became
     * @param stride 1 keeps every row and column
     * @return the thinned cloud
     */
    public PointCloud thinnedCloud(PreparedImage image, DepthEstimationResult result, int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException("stride is " + stride + ": it must be at least 1");
        }
        return liftingStage.cloud(image, result, stride);
    }

    /**
     * Runs the network of an image on its warm-up tensor, to tell a device that no longer works
     * from an image that it cannot take.
     *
     * @param image whose network is run; nothing is done where its depth was supplied
     * @throws LiftingException INFERENCE_FAILED where even that fails
     */
    public void checkNetwork(PreparedImage image) {
        if (image.network() != null) {
            image.network().warmUp();
        }
    }

    /** Closes the default models, if this object opened them. */
    @Override
    public void close() {
        if (ownsModels) {
            models.close();
        }
    }

    private LiftingParameters parameters(
            DepthEstimationCommand command, RgbImage image, DepthMapping mapping) {
        return LiftingParameters.of(
                command.advancedConfig(),
                defaultIntrinsics.forImage(image.width(), image.height()),
                mapping);
    }

    private static void requireFits(SuppliedDepth supplied, RgbImage image, DepthMapping mapping) {
        if (supplied.width() != image.width() || supplied.height() != image.height()) {
            throw DepthEstimationCommand.invalid(
                    "supplied_depth size",
                    supplied.width() + " x " + supplied.height(),
                    "must be the image's, " + image.width() + " x " + image.height());
        }
        if (supplied instanceof SuppliedDepth.Raw && mapping != DepthMapping.METRIC) {
            throw DepthEstimationCommand.invalid(
                    "advanced_config.depth_mapping",
                    mapping,
                    "raw uint16 depth is a distance, raw / depth_scale: use METRIC or leave it out");
        }
    }

    private static void requireOneKey(List<PreparedImage> images) {
        BatchKey key = images.get(0).batchKey();
        for (PreparedImage image : images) {
            if (!image.batchKey().equals(key)) {
                throw new IllegalArgumentException(
                        "images of one batch must have one key, got "
                                + key
                                + " and "
                                + image.batchKey());
            }
        }
    }
}
