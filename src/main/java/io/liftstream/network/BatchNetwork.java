package io.liftstream.network;

import io.liftstream.model.facts.ModelFacts;
import java.nio.FloatBuffer;

/** An open network as lifting sees it: what is known about it, and how to run it on a batch. */
public interface BatchNetwork {

    /** {@return what is known about the model} */
    ModelFacts facts();

    /** {@return whether one run takes more than one image; else those of a batch run in turn} */
    boolean takesBatches();

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
