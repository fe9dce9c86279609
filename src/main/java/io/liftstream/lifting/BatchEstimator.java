package io.liftstream.lifting;

import io.liftstream.frame.ModelException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.network.BatchNetwork;
import io.liftstream.network.DeviceFailedException;
import io.liftstream.network.ModelsInUseException;
import io.liftstream.network.NetworkLender;
import io.liftstream.network.RunTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the depth of many images: those of one model and input size in one network run. An
 * image that cannot be estimated fails alone, whatever it throws: after a run that failed, its
 * images are run in halves until the one at fault is found. An image is at fault only where it
 * fails twice, alone, and the network ran in between: memory that a GPU lacked for a moment is not
 * the image's fault. Afterwards images of that model and size are run alone for a while, so that a
 * sender whose images always fail costs two runs each and not a search in each batch.
 *
 * <p>Whether an image, the model or the device is at fault is told by warm-up tensors: a network
 * that no longer runs even that is closed, and a device that no longer runs any has failed, which
 * is no image's fault.
 *
 * <p>Keeps scratch memory between calls; not thread safe.
 */
public final class BatchEstimator {
    private static final Logger LOG = LoggerFactory.getLogger(BatchEstimator.class);

    private final ImagePreparation preparation;
    private final DepthEstimator estimator;
    private final StepListener listener;
    private final FailedRuns failures = new FailedRuns();

    /**
     * An estimator.
     *
     * @param models stay the caller's to close
     * @param decoder sets the largest image
     * @param defaultIntrinsics stand in for intrinsics that a command leaves out
     * @param resultSize at which size results come
     * @param sizeLimit refuses images before a network is run for them
     * @param listener is told how long each step took
     */
    public BatchEstimator(
            NetworkLender models,
            ImageDecoder decoder,
            DefaultIntrinsics defaultIntrinsics,
            ResultSize resultSize,
            ImageSizeLimit sizeLimit,
            StepListener listener) {
        this.preparation =
                new ImagePreparation(models, decoder, defaultIntrinsics, resultSize, sizeLimit);
        this.estimator = new DepthEstimator(resultSize, listener);
        this.listener = listener;
    }

    /**
     * Estimates a batch. One that names more models than may be open at a time is estimated in
     * parts.
     *
     * @param commands each is asked for once, in order, when its turn comes; what it throws is that
     *     command's failure
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
            } catch (DeviceFailedException e) {
                throw e;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                outcomes[i] = EstimationOutcome.of(FrameFailure.of(e));
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
        List<EstimationOutcome> estimated = new ArrayList<>(group.size());
        int most = BatchNetwork.maxImages(group.get(0).image.inputSize());
        for (int first = 0; first < group.size(); first += most) {
            List<Waiting> part = group.subList(first, Math.min(first + most, group.size()));
            estimated.addAll(run(part.stream().map(Waiting::image).toList()));
        }
        for (int i = 0; i < group.size(); i++) {
            outcomes[group.get(i).index] = estimated.get(i);
        }
    }

    private List<EstimationOutcome> run(List<PreparedImage> images) {
        BatchKey key = images.get(0).batchKey();
        if (images.size() > 1 && failures.isRemembered(key)) {
            return runAlone(images);
        }
        try {
            return estimator.estimate(images);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return afterFailure(images, e);
        }
    }

    private List<EstimationOutcome> afterFailure(List<PreparedImage> images, Throwable fault) {
        try {
            images.get(0).requireNetworkRuns(fault);
        } catch (ModelException e) {
            return Collections.nCopies(images.size(), EstimationOutcome.of(e));
        }
        if (images.size() == 1) {
            return fault instanceof RunTimeoutException ? failed(fault) : runAgain(images, fault);
        }
        LOG.warn("A run of {} images failed; searching for the one at fault", images.size(), fault);
        failures.remember(images.get(0).batchKey());
        // Each half with the image at fault would take all of the time that a run may.
        return fault instanceof RunTimeoutException ? runAlone(images) : runHalves(images);
    }

    private List<EstimationOutcome> runAgain(List<PreparedImage> image, Throwable fault) {
        try {
            List<EstimationOutcome> outcome = estimator.estimate(image);
            LOG.warn("The run of an image failed and then did not: no fault of the image", fault);
            return outcome;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return failed(e);
        }
    }

    private List<EstimationOutcome> runAlone(List<PreparedImage> images) {
        List<EstimationOutcome> outcomes = new ArrayList<>(images.size());
        for (PreparedImage image : images) {
            failures.markAlone(image.batchKey());
            outcomes.addAll(run(List.of(image)));
        }
        return outcomes;
    }

    /**
     * Runs images apart that failed together. Halving finds one at fault among n with two runs for
     * each power of two in n.
     */
    private List<EstimationOutcome> runHalves(List<PreparedImage> images) {
        int middle = images.size() / 2;
        List<EstimationOutcome> outcomes = new ArrayList<>(images.size());
        outcomes.addAll(runHalf(images.subList(0, middle)));
        outcomes.addAll(runHalf(images.subList(middle, images.size())));
        return outcomes;
    }

    private List<EstimationOutcome> runHalf(List<PreparedImage> images) {
        try {
            return estimator.estimate(images);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return images.size() > 1 ? runHalves(images) : afterFailure(images, e);
        }
    }

    private static List<EstimationOutcome> failed(Throwable fault) {
        return List.of(EstimationOutcome.of(FrameFailure.of(fault)));
    }

    /** An image on its way, and its place in the batch. */
    private record Waiting(int index, PreparedImage image) {}
}
