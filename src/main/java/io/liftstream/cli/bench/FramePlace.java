package io.liftstream.cli.bench;

import io.liftstream.kafka.EventHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/**
 * Where a frame is on its topic; its result names it.
 *
 * @param partition number of the partition
 * @param offset within it
 */
record FramePlace(int partition, long offset) {

    /** The frame of a result, by the id of its event: topic, partition, offset and model. */
    static FramePlace ofResult(Headers headers) {
        byte[] id = headers.lastHeader(EventHeaders.ID).value();
        String[] parts = new String(id, StandardCharsets.UTF_8).split("/", 4);
        return new FramePlace(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }
}
