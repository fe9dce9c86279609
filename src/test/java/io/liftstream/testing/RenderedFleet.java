package io.liftstream.testing;

import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.scenes.RenderedCamera;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.wire.FrameEncoder;
import java.util.ArrayList;
import java.util.List;

/** Cameras of one size in rendered scenes, and their frames as a producer sends them. */
public final class RenderedFleet {
    private static final long SEED = 7;

    private final List<RenderedCamera> cameras = new ArrayList<>();
    private final long startNanos;
    private final long intervalNanos;

    /**
     * Places the cameras.
     *
     * @param count number of cameras
     * @param width columns of each picture
     * @param height rows of each picture
     * @param startNanos capture time of frame 0, nanoseconds since 1970
     * @param intervalNanos from one frame of a camera to its next
     */
    public RenderedFleet(int count, int width, int height, long startNanos, long intervalNanos) {
        for (int i = 0; i < count; i++) {
            cameras.add(RenderedCamera.of(SEED, i, RenderedCamera.familyOf(i), width, height));
        }
        this.startNanos = startNanos;
        this.intervalNanos = intervalNanos;
    }

    /** The id of a camera. */
    public static String cameraId(int camera) {
        return "camera-" + camera;
    }

    /** Capture time of a frame, nanoseconds since 1970. */
    public long captureTimeNanos(int sequence) {
        return startNanos + sequence * intervalNanos;
    }

    /** A frame as a JPEG file. */
    public byte[] jpeg(int camera, int sequence) {
        return jpegOf(cameras.get(camera).frame(sequence));
    }

    /** A frame as a {@code CameraFrame} message that asks for depth image and cloud. */
    public byte[] message(int camera, int sequence) {
        RenderedFrame rendered = cameras.get(camera).frame(sequence);
        return FrameEncoder.encode(
                cameraId(camera),
                captureTimeNanos(sequence),
                sequence,
                jpegOf(rendered),
                rendered.intrinsics());
    }

    /** Intrinsics of a camera's pictures. */
    public Intrinsics intrinsics(int camera) {
        return cameras.get(camera).frame(0).intrinsics();
    }

    private static byte[] jpegOf(RenderedFrame rendered) {
        return ImageEncoder.jpeg(new RgbImage(rendered.width(), rendered.height(), rendered.rgb()));
    }
}
