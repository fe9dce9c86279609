package io.liftstream.cli.demo;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.scenes.RenderedCamera;
import io.liftstream.scenes.RenderedFrame;
import java.util.ArrayList;
import java.util.List;

/** Cameras that move through rendered scenes, each through its own; the true depth is known. */
final class RenderedSupply implements FrameSupply {
    private static final long SEED = 20_261_122L;
    private static final int WIDTH = 384;
    private static final int HEIGHT = 288;

    private static final double RENDERED_FPS = 30;

    private final List<RenderedCamera> cameras = new ArrayList<>();
    private final int step;

    /**
     * @param count cameras
     * @param fps frames a second of each camera; the cameras move at their own pace whatever it is
     */
    RenderedSupply(int count, double fps) {
        step = (int) Math.max(1, Math.round(RENDERED_FPS / fps));
        for (int i = 0; i < count; i++) {
            cameras.add(RenderedCamera.of(SEED, i, RenderedCamera.familyOf(i), WIDTH, HEIGHT));
        }
    }

    @Override
    public DemoFrame frame(int camera, int sequence) {
        RenderedFrame rendered = cameras.get(camera).frame(sequence * step);
        return new DemoFrame(
                FrameSupply.cameraId(camera),
                sequence,
                ImageEncoder.jpeg(
                        new RgbImage(rendered.width(), rendered.height(), rendered.rgb())),
                rendered.intrinsics(),
                new DepthTruth(rendered.width(), rendered.height(), rendered.depthMetres()));
    }
}
