package io.liftstream.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;

/** Small frames for tests; each has its own offset, so that each has its own provenance. */
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
                camera,
                MILLISECONDS.toNanos(captureMillis),
                sequence,
                new byte[bytes],
                new Provenance("frames", 0, nextOffset++, captureMillis));
    }
}
