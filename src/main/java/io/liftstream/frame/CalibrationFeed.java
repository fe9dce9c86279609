package io.liftstream.frame;

import java.io.Serializable;
import java.util.function.Consumer;

/** Hands over the records of a calibration topic, from its first on. Not thread safe. */
public interface CalibrationFeed extends AutoCloseable {

    /**
     * Hands over all that was published before this call and has not been handed over yet, in the
     * order of the topic. Returns when that is done.
     *
     * @param receiver gets each record
     */
    void readOn(Consumer<CalibrationRecord> receiver);

    @Override
    void close();

    /** Opens feeds where they are read; travels to the task managers. */
    @FunctionalInterface
    interface Opener extends Serializable {

        /** {@return a feed that has handed over nothing yet} */
        CalibrationFeed open();
    }
}
