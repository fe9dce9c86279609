package io.liftstream.image;

import org.bytedeco.opencv.global.opencv_core;

/** Loads OpenCV once and keeps it to the calling thread. */
final class OpenCv {
    static {
        NativesFolder.secure();
        // A task slot owns one core; OpenCV's own threads would fight the other slots'.
        opencv_core.setNumThreads(1);
    }

    private OpenCv() {}

    /** Call before the first use of OpenCV: loads the native library and sets its threads. */
    static void prepare() {
        // The work is in the static initialiser, which the JVM runs once.
    }
}
