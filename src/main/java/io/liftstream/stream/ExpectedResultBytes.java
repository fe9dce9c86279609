package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import java.io.Serializable;

/** Guesses how large a frame's result will be, so that a batch's results fit into memory. */
@FunctionalInterface
public interface ExpectedResultBytes extends Serializable {

    /**
     * {@return the bytes of its result message, not negative; cheap, since it is asked for every
     * frame}
     *
     * @param frame not lifted yet
     */
    long of(CameraFrame frame);
}
