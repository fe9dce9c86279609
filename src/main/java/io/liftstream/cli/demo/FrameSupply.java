package io.liftstream.cli.demo;

import java.io.IOException;

/** Where the demo's frames come from. Safe for several threads. */
interface FrameSupply {

    /**
     * A frame of a camera; the same for the same arguments.
     *
     * @param camera index of the camera, from 0
     * @param sequence number of its frame, from 0
     */
    DemoFrame frame(int camera, int sequence) throws IOException;

    /** The id of a camera. */
    static String cameraId(int camera) {
        return "camera-" + (camera + 1);
    }
}
