package io.liftstream.cli.demo;

import io.liftstream.frame.Intrinsics;

/**
 * One frame that the demo publishes.
 *
 * @param cameraId its camera
 * @param sequence counts the camera's frames from 0
 * @param image the encoded image
 * @param intrinsics the camera's, or null where they are not known
 * @param truth what is known of the true depth, or null
 */
record DemoFrame(
        String cameraId, long sequence, byte[] image, Intrinsics intrinsics, DepthTruth truth) {}
