package io.liftstream.stream;

import java.util.List;
import java.util.stream.Stream;

/**
 * The streams that a camera has named: the one that goes on, and those that it replaced.
 *
 * @param current id of the stream that goes on, null where the camera names none
 * @param ended ids of earlier streams, the last one first, at most {@value #REMEMBERED}
 */
record CameraStreams(String current, List<String> ended) {
    static final int REMEMBERED = 4;
    static final CameraStreams NONE = new CameraStreams(null, List.of());

    /** Whether a frame of this stream, null for none, is the first of a new one. */
    boolean isNew(String streamId) {
        return streamId != null && !streamId.equals(current) && !ended.contains(streamId);
    }

    /** Whether a frame of this stream comes after the stream that replaced it. */
    boolean hasEnded(String streamId) {
        return streamId != null && !streamId.equals(current) && ended.contains(streamId);
    }

    /** As it is after the first frame of an epoch, which may go on with the current stream. */
    CameraStreams after(String streamId) {
        if (!isNew(streamId)) {
            return this;
        }
        return new CameraStreams(
                streamId,
                current == null
                        ? ended
                        : Stream.concat(Stream.of(current), ended.stream())
                                .limit(REMEMBERED)
                                .toList());
    }
}
