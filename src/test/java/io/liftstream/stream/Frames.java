package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;

/**
 * Small frames for tests; each has its own offset, so that each has its own provenance. All bear
 * the broker's time 0, so that a camera's epochs are 0, 1, 2.
 */
final class Frames {
    static final String CAMERA = "gate";

    private long nextOffset;

    /** A frame of {@link #CAMERA} with a payload of one byte. */
    CameraFrame at(long captureMillis, long sequence) {
        return of(CAMERA, captureMillis, sequence);
    }

    CameraFrame of(String camera, long captureMillis, long sequence) {
        return of(camera, captureMillis, sequence, 1);
    }

    CameraFrame of(String camera, long captureMillis, long sequence, int bytes) {
        return new CameraFrame(
                camera, MILLISECONDS.toNanos(captureMillis), sequence, new byte[bytes], next());
    }

    /** A frame of {@link #CAMERA}, which does not count: its offset stands for the sequence. */
    CameraFrame uncounted(long captureMillis) {
        Provenance provenance = next();
        return new CameraFrame(
                CAMERA,
                MILLISECONDS.toNanos(captureMillis),
                provenance.offset(),
                false,
                null,
                new byte[1],
                provenance);
    }

    /** A frame of {@link #CAMERA}, which names its streams. */
    CameraFrame ofStream(String streamId, long captureMillis, long sequence) {
        return new CameraFrame(
                CAMERA,
                MILLISECONDS.toNanos(captureMillis),
                sequence,
                true,
                streamId,
                new byte[1],
                next());
    }

    private Provenance next() {
        return new Provenance("frames", 0, nextOffset++, 0);
    }
}
