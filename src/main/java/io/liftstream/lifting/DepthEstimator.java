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
    private static final float[] BLANK = new float[1 << 14];

    private final ResultSize resultSize;
    private final Tensorizer tensorizer = new Tensorizer();
    private final StepListener listener;
    private FloatBuffer tensor = FloatBuffer.allocate(0);

    /** Of the tensor; those behind are 0. */
    private int usedValues;

    DepthEstimator(ResultSize resultSize, StepListener listener) {
        this.resultSize = resultSize;
        this.listener = listener;
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
        PreparedImage first = images.get(0);
        int runImages = first.network().runImages(images.size(), first.inputSize());
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

    private FloatBuffer preprocess(List<PreparedImage> images, int runImages) {
        InputSize size = images.get(0).inputSize();
        int values = Math.multiplyExact(runImages * CHANNELS, size.height() * size.width());
        if (tensor.capacity() < values) {
            tensor =
                    ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer();
            usedValues = 0;
        }
        tensor.clear();
        for (PreparedImage image : images) {
            tensorizer.write(image.image(), size, image.network().facts().tensorFormat(), tensor);
        }
        blank(tensor.position(), Math.min(usedValues, values));
        usedValues = usedValues > values ? usedValues : tensor.position();
        return tensor.position(0).limit(values);
    }

    /** So that nothing of an earlier run is left in the images that are missing. */
    private void blank(int from, int to) {
        for (int at = from; at < to; at += BLANK.length) {
            tensor.put(at, BLANK, 0, Math.min(BLANK.length, to - at));
        }
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
