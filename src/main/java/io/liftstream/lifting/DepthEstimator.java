package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.BicubicResizer;
import io.liftstream.image.ImageSize;
import io.liftstream.image.InputSize;
import io.liftstream.image.Tensorizer;
import io.liftstream.network.DepthPrediction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates the depth of images with one run of their network. Keeps the network's input between
 * runs; not thread safe.
 */
final class DepthEstimator {
    private static final int CHANNELS = 3;

    /** 403 MB of input: 125 images of 518 x 518. The memory is kept. */
    private static final int MAX_RUN_PIXELS = 1 << 25;

    private final ResultSize resultSize;
    private final int minRunImages;
    private final Tensorizer tensorizer = new Tensorizer();
    private final StepListener listener;
    private FloatBuffer tensor = FloatBuffer.allocate(0);

    DepthEstimator(ResultSize resultSize, int minRunImages, StepListener listener) {
        this.resultSize = resultSize;
        this.minRunImages = minRunImages;
        this.listener = listener;
    }

    /** As many images of an input size as one run may have. */
    static int maxImages(InputSize size) {
        return Math.max(1, MAX_RUN_PIXELS / (size.height() * size.width()));
    }

    /**
     * One run for all images.
     *
     * @param images of one {@link PreparedImage#batchKey()}, at least one
     * @return one outcome for each image, in order; an image whose output is not finite fails alone
     * @throws LiftingException INFERENCE_FAILED when the run itself fails: nothing is known then
     *     about any of the images
     */
    List<EstimationOutcome> estimate(List<PreparedImage> images) {
        long start = System.nanoTime();
        int runImages = runImages(images);
        FloatBuffer input = preprocess(images, runImages);
        long preprocessed = done(LiftingStep.PREPROCESS, images, start);
        DepthPrediction prediction = run(input, images, runImages);
        long ran = done(LiftingStep.NETWORK, images, preprocessed);
        List<EstimationOutcome> outcomes = postprocess(prediction, images);
        done(LiftingStep.POSTPROCESS, images, ran);
        return outcomes;
    }

    private long done(LiftingStep step, List<PreparedImage> images, long start) {
        long now = System.nanoTime();
        listener.done(step, images.size(), now - start);
        return now;
    }

    private int runImages(List<PreparedImage> images) {
        PreparedImage first = images.get(0);
        return first.network().takesBatches()
                ? Math.max(images.size(), Math.min(minRunImages, maxImages(first.inputSize())))
                : images.size();
    }

    private FloatBuffer preprocess(List<PreparedImage> images, int runImages) {
        InputSize size = images.get(0).inputSize();
        int values = Math.multiplyExact(runImages * CHANNELS, size.height() * size.width());
        if (tensor.capacity() < values) {
            tensor =
                    ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
        }
        tensor.clear();
        for (PreparedImage image : images) {
            tensorizer.write(image.image(), size, image.network().facts().tensorFormat(), tensor);
        }
        // Blank, so that nothing of an earlier run is left in the images that are missing.
        while (tensor.position() < values) {
            tensor.put(0);
        }
        return tensor.flip();
    }

    private static DepthPrediction run(
            FloatBuffer input, List<PreparedImage> images, int runImages) {
        InputSize size = images.get(0).inputSize();
        DepthPrediction prediction =
                images.get(0).network().run(input, runImages, size.height(), size.width());
        requireComplete(prediction, runImages);
        return prediction;
    }

    private List<EstimationOutcome> postprocess(
            DepthPrediction prediction, List<PreparedImage> images) {
        List<EstimationOutcome> outcomes = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            outcomes.add(outcome(prediction, i, images.get(i)));
        }
        return outcomes;
    }

    private EstimationOutcome outcome(DepthPrediction prediction, int index, PreparedImage image) {
        int length = prediction.height() * prediction.width();
        if (!isFinite(prediction.values(), index * length, length)) {
            return notFinite(image);
        }
        ImageSize size =
                resultSize.of(
                        image.pictureSize(),
                        new ImageSize(prediction.width(), prediction.height()));
        float[] depthMap =
                BicubicResizer.resize(
                        prediction.values(),
                        index * length,
                        prediction.height(),
                        prediction.width(),
                        size.height(),
                        size.width());
        // Resizing overshoots, so the largest finite values can become infinite.
        DepthRange range = DepthRange.ofFinite(depthMap);
        return range.measured() < depthMap.length
                ? notFinite(image)
                : EstimationOutcome.of(image.withDepth(depthMap, size, range));
    }

    private static boolean isFinite(float[] values, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }

    private static EstimationOutcome notFinite(PreparedImage image) {
        return EstimationOutcome.of(
                new LiftingException(
                        RejectionReason.INFERENCE_FAILED,
                        "network output",
                        "NaN or infinite",
                        "every value must be finite; the model "
                                + image.source().identity()
                                + " cannot estimate this image"));
    }

    private static void requireComplete(DepthPrediction prediction, int batch) {
        long values = (long) prediction.batch() * prediction.height() * prediction.width();
        if (prediction.batch() != batch || prediction.values().length != values) {
            throw new LiftingException(
                    RejectionReason.INFERENCE_FAILED,
                    "network output",
                    prediction.batch()
                            + " x "
                            + prediction.height()
                            + " x "
                            + prediction.width()
                            + " with "
                            + prediction.values().length
                            + " values",
                    "must be one map for each of " + batch + " images");
        }
    }
}
