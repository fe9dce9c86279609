package io.liftstream.network;

import io.liftstream.image.InputSize;
import io.liftstream.model.facts.ModelFacts;
import java.nio.FloatBuffer;

/** An open network as lifting sees it: what is known about it, and how to run it on a batch. */
public interface BatchNetwork {

    /** {@return what is known about the model} */
    ModelFacts facts();

    /** 403 MB of input: 125 images of 518 x 518. */
    int MAX_RUN_PIXELS = 1 << 25;

    /**
     * {@return as many images as one run may have, at least 1}
     *
     * @param size of the input
     */
    static int maxImages(InputSize size) {
        return Math.max(1, MAX_RUN_PIXELS / (size.height() * size.width()));
    }

    /**
     * {@return the images that a run should have: as many as there are, or more where blank ones
     * keep a GPU's runs alike}
     *
     * @param images that there are, from 1 to {@link #maxImages}
     * @param size of the input
     */
    int runImages(int images, InputSize size);

    /**
     * Runs the network on a batch.
     *
     * @param input direct, native byte order, holding batch x 3 x height x width values from its
     *     position to its limit (NCHW); its position is left as it is
     * @param batch number of frames
     * @param height rows of the input
     * @param width columns of the input
     * @return the output as the network gave it; it may hold NaN or infinities
     * @throws io.liftstream.frame.LiftingException INFERENCE_FAILED when the run fails, as a {@link
     *     RunTimeoutException} where it took too long
     */
    DepthPrediction run(FloatBuffer input, int batch, int height, int width);
}
