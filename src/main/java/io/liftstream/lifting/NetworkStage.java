package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.BicubicResizer;
import io.liftstream.image.InputSize;
import io.liftstream.image.Tensorizer;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.DepthPrediction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Runs a network on a batch: pixels to tensor, tensor to depth maps at the images' sizes. */
final class NetworkStage {
    private static final int CHANNELS = 3;

    private final Tensorizer tensorizer = new Tensorizer();
    private FloatBuffer tensor = FloatBuffer.allocate(0);

    /**
     * One run for all images.
     *
     * @param images of one network and input size
     * @return for each image its depth map at its size, or null where the network's output is not
     *     finite
     * @throws LiftingException INFERENCE_FAILED when the run fails
     */
    List<float[]> run(List<PreparedImage> images) {
        DepthNetwork network = images.get(0).network();
        InputSize size = images.get(0).inputSize();
        DepthPrediction prediction =
                network.run(tensorOf(images), images.size(), size.height(), size.width());
        requireComplete(prediction, images.size());
        List<float[]> depthMaps = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            depthMaps.add(depthMap(prediction, i, images.get(i)));
        }
        return depthMaps;
    }

    private FloatBuffer tensorOf(List<PreparedImage> images) {
        InputSize size = images.get(0).inputSize();
        int values = Math.multiplyExact(images.size() * CHANNELS, size.height() * size.width());
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
        tensor.flip();
        return tensor;
    }

    private static float[] depthMap(DepthPrediction prediction, int index, PreparedImage image) {
        int length = prediction.height() * prediction.width();
        int offset = index * length;
        for (int i = offset; i < offset + length; i++) {
            if (!Float.isFinite(prediction.values()[i])) {
                return null;
            }
        }
        return BicubicResizer.resize(
                prediction.values(),
                offset,
                prediction.height(),
                prediction.width(),
                image.height(),
                image.width());
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
