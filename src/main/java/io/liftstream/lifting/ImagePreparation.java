package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import io.liftstream.image.InputSize;
import io.liftstream.image.RgbImage;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.network.NetworkLease;
import io.liftstream.network.NetworkLender;

/** Checks commands, decodes their images and decides their parameters. */
final class ImagePreparation {
    private final NetworkLender models;
    private final ImageDecoder decoder;
    private final DefaultIntrinsics defaultIntrinsics;
    private final ResultSize resultSize;
    private final ImageSizeLimit sizeLimit;

    ImagePreparation(
            NetworkLender models,
            ImageDecoder decoder,
            DefaultIntrinsics defaultIntrinsics,
            ResultSize resultSize,
            ImageSizeLimit sizeLimit) {
        this.models = models;
        this.decoder = decoder;
        this.defaultIntrinsics = defaultIntrinsics;
        this.resultSize = resultSize;
        this.sizeLimit = sizeLimit;
    }

    /** The image of a command that brings its depth along: nothing is left to be estimated. */
    EstimatedImage withSuppliedDepth(DepthEstimationCommand command) {
        byte[] encoded = ImageInput.read(command);
        ImageSize size = decoder.size(encoded);
        SuppliedDepth supplied = command.suppliedDepth();
        LiftingParameters parameters = parameters(command, size, DepthMapping.METRIC, null);
        requireFits(supplied, size, parameters.mapping());
        sizeLimit.check(size, size);
        RgbImage image = decoder.decode(encoded);
        float[] depthMap = depthMap(supplied, (float) parameters.depthScale());
        return EstimatedImage.of(
                image,
                size,
                depthMap,
                parameters.mapping() == DepthMapping.METRIC
                        ? DepthRange.ofPositive(depthMap)
                        : DepthRange.ofFinite(depthMap),
                DepthSource.SUPPLIED,
                parameters,
                WantedOutputs.of(command));
    }

    /**
     * The image of a command whose depth a network estimates. The network is opened where it is not
     * yet, and stays open until the prepared image is closed.
     */
    PreparedImage forNetwork(DepthEstimationCommand command) {
        byte[] encoded = ImageInput.read(command);
        // An image that is refused by its header opens no model.
        ImageSize size = decoder.size(encoded);
        NetworkLease lease = models.lend(command.modelBackend());
        try {
            ModelFacts facts = lease.network().facts();
            LiftingParameters parameters =
                    parameters(command, size, facts.defaultMapping(), facts.maxDepth());
            InputSize input = facts.inputSize().sizeFor(size.width(), size.height());
            sizeLimit.check(
                    size, resultSize.of(size, new ImageSize(input.width(), input.height())));
            RgbImage image = decoder.decode(encoded);
            return new PreparedImage(command, image, parameters, input, lease);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private LiftingParameters parameters(
            DepthEstimationCommand command,
            ImageSize size,
            DepthMapping mapping,
            Double modelMaxDepth) {
        return LiftingParameters.of(
                command.advancedConfig(),
                defaultIntrinsics.forImage(size.width(), size.height()),
                mapping,
                modelMaxDepth);
    }

    private static void requireFits(SuppliedDepth supplied, ImageSize image, DepthMapping mapping) {
        if (supplied.width() != image.width() || supplied.height() != image.height()) {
            throw DepthEstimationCommand.invalid(
                    "supplied_depth size",
                    supplied.width() + " x " + supplied.height(),
                    "must be the image's, " + image);
        }
        if (supplied instanceof SuppliedDepth.Raw && mapping != DepthMapping.METRIC) {
            throw DepthEstimationCommand.invalid(
                    "advanced_config.depth_mapping",
                    mapping,
                    "raw uint16 depth is a distance, raw / depth_scale: use METRIC or leave it out");
        }
    }

    private static float[] depthMap(SuppliedDepth supplied, float depthScale) {
        if (supplied instanceof SuppliedDepth.Floats floats) {
            return floats.values();
        }
        short[] values = ((SuppliedDepth.Raw) supplied).values();
        float[] metres = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            metres[i] = (values[i] & 0xffff) / depthScale;
        }
        return metres;
    }
}
