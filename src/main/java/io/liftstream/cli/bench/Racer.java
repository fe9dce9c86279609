package io.liftstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** A contender that stands ready, whatever it runs on. */
interface Racer extends AutoCloseable {
    ObjectMapper JSON = new ObjectMapper();

    Contender contender();

    /**
     * Lifts the backlog once.
     *
     * @param frames of the backlog
     * @param depthTopic takes the results
     * @param rejectedTopic takes the rejections
     */
    Measurement run(int frames, String depthTopic, String rejectedTopic) throws IOException;

    @Override
    void close();
}
