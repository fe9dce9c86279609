package io.liftstream.stream;

/** What is noted about a camera beside its order: no rule of order reads it. Mutable. */
final class CameraMarks {
    /** No frame of the camera has named a partition yet. */
    static final int NO_PARTITION = -1;

    private int partition = NO_PARTITION;
    private long lastAcceptedMillis;
    private long timerMillis;

    CameraMarks copy() {
        CameraMarks copy = new CameraMarks();
        copy.partition = partition;
        copy.lastAcceptedMillis = lastAcceptedMillis;
        copy.timerMillis = timerMillis;
        return copy;
    }

    /** Partition of the camera's last frame, or {@value #NO_PARTITION}. */
    int partition() {
        return partition;
    }

    void partition(int last) {
        partition = last;
    }

    /** Wall clock when a frame was last accepted, milliseconds; 0 where nobody watches silence. */
    long lastAcceptedMillis() {
        return lastAcceptedMillis;
    }

    void lastAcceptedMillis(long millis) {
        lastAcceptedMillis = millis;
    }

    /** When the camera's one timer fires, wall-clock milliseconds; 0 = there is none. */
    long timerMillis() {
        return timerMillis;
    }

    void timerMillis(long millis) {
        timerMillis = millis;
    }
}
