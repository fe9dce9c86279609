package io.liftstream.lifting;

/** Is told how long each step took. */
@FunctionalInterface
public interface StepListener {
    /** Listens to nothing. */
    StepListener NONE = (step, images, nanos) -> {};

    /**
     * A step is done.
     *
     * @param step which one
     * @param images images that it was for, together; at least 1
     * @param nanos how long it took for all of them, nanoseconds
     */
    void done(LiftingStep step, int images, long nanos);
}
