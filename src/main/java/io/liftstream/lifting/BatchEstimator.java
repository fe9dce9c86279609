package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.network.DeviceFailedException;
import io.liftstream.network.ModelsInUseException;
import io.liftstream.network.NetworkLender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the depth of many images: those of one model and input size in one network run. An
 * image that cannot be estimated fails alone: after a run that failed, each of its images is run by
 * itself.
 *
 * <p>Whether an image or the device is at fault is told by the network's warm-up tensor: a device
 * that no longer runs even that has failed, which is no image's fault.
 *
 * <p>Keeps scratch memory between calls; not thread safe.
 */
public final class BatchEstimator {
    private static final Logger LOG = LoggerFactory.getLogger(BatchEstimator.class);

    private final ImagePreparation preparation;
    private final DepthEstimator estimator;
    private final StepListener listener;

    /**
     * An estimator.
     *
     * @param models stay the caller's to close
     * @param decoder sets the largest image
     * @param defaultIntrinsics stand in for intrinsics that a command leaves out
     * @param sizeLimit refuses images before a network is run for them
     * @param listener is told how long each step took
     */
    public BatchEstimator(
            NetworkLender models,
            ImageDecoder decoder,
            DefaultIntrinsics defaultIntrinsics,
            ImageSizeLimit sizeLimit,
            StepListener listener) {
        this.preparation = new ImagePreparation(models, decoder, defaultIntrinsics, sizeLimit);
        this.estimator = new DepthEstimator(listener);
        this.listener = listener;
    }

    /**
     * Estimates a batch. One that names more models than may be open at a time is estimated in
     * parts.
     *
     * @param commands each is asked for once, in order, when its turn comes; it may throw a {@link
     *     LiftingException}, which is that command's failure
     * @return one outcome for each command, in the same order
     * @throws DeviceFailedException when a device that ran a model no longer runs any: no command's
     *     fault
     */
    public List<EstimationOutcome> estimate(
            List<? extends Supplier<DepthEstimationCommand>> commands) {
        EstimationOutcome[] outcomes = new EstimationOutcome[commands.size()];
        int next = 0;
        while (next < outcomes.length) {
            next = estimateFrom(next, commands, outcomes);
        }
        return Arrays.asList(outcomes);
    }

    /**
     * Estimates from an index on, until none is left or the next needs one more model than may be
     * open; returns that one's index.
     */
    private int estimateFrom(
            int first,
            List<? extends Supplier<DepthEstimationCommand>> commands,
            EstimationOutcome[] outcomes) {
        Map<BatchKey, List<Waiting>> groups = new LinkedHashMap<>();
        try {
            int next = prepareFrom(first, commands, groups, outcomes);
            groups.values().forEach(group -> estimateGroup(group, outcomes));
            return next;
        } finally {
            groups.values().forEach(group -> group.forEach(waiting -> waiting.image.close()));
        }
    }

    private int prepareFrom(
            int first,
            List<? extends Supplier<DepthEstimationCommand>> commands,
            Map<BatchKey, List<Waiting>> groups,
            EstimationOutcome[] outcomes) {
        for (int i = first; i < outcomes.length; i++) {
            try {
                prepare(i, commands.get(i), groups, outcomes);
            } catch (ModelsInUseException e) {
                if (!groups.isEmpty()) {
                    return i;
                }
                outcomes[i] = EstimationOutcome.of(e);
            } catch (LiftingException e) {
                outcomes[i] = EstimationOutcome.of(e);
            }
        }
        return outcomes.length;
    }

    private void prepare(
            int index,
            Supplier<DepthEstimationCommand> supplier,
            Map<BatchKey, List<Waiting>> groups,
            EstimationOutcome[] outcomes) {
        long start = System.nanoTime();
        DepthEstimationCommand command = supplier.get();
        if (command.suppliedDepth() != null) {
            outcomes[index] = EstimationOutcome.of(preparation.withSuppliedDepth(command));
        } else {
            PreparedImage image = preparation.forNetwork(command);
            groups.computeIfAbsent(image.batchKey(), key -> new ArrayList<>())
                    .add(new Waiting(index, image));
        }
        listener.done(LiftingStep.PREPARE, 1, System.nanoTime() - start);
    }

    private void estimateGroup(List<Waiting> group, EstimationOutcome[] outcomes) {
        List<EstimationOutcome> estimated = run(group.stream().map(Waiting::image).toList());
        for (int i = 0; i < group.size(); i++) {
            outcomes[group.get(i).index] = estimated.get(i);
        }
    }

    private List<EstimationOutcome> run(List<PreparedImage> images) {
        try {
            return estimator.estimate(images);
        } catch (LiftingException e) {
            requireNetworkRuns(images.get(0), e);
            if (images.size() == 1) {
                return List.of(EstimationOutcome.of(e));
            }
            LOG.warn("A run of {} images failed; trying each alone", images.size(), e);
            return images.stream().map(image -> run(List.of(image)).get(0)).toList();
        }
    }

    private static void requireNetworkRuns(PreparedImage image, LiftingException failure) {
        try {
            image.network().warmUp();
        } catch (LiftingException e) {
            failure.addSuppressed(e);
            throw new DeviceFailedException(
                    "the device failed: after a run that failed, the model "
                            + image.source().identity()
                            + " no longer runs even its warm-up tensor",
                    failure);
        }
    }

    /** An image on its way, and its place in the batch. */
    private record Waiting(int index, PreparedImage image) {}
}
