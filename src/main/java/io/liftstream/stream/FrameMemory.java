package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import java.io.Serializable;

/** Tells how much memory a frame takes while it is lifted, before anything of it is decoded. */
@FunctionalInterface
public interface FrameMemory extends Serializable {

    /**
     * {@return bytes, not negative; at least what the slot has, where that is not known}
     *
     * @param frame not decoded yet
     */
    long of(CameraFrame frame);
}
