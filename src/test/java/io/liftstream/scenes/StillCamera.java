package io.liftstream.scenes;

import java.util.ArrayList;
import java.util.List;

/**
 * A camera that stands still in a rendered scene, except as a test asks: a box may stand before it,
 * the exposure may change, and it may be turned. Each frame has sensor noise of its own.
 */
public final class StillCamera {
    private final Scene scene;
    private final long seed;
    private final int width;
    private final int height;

    private StillCamera(Scene scene, long seed, int width, int height) {
        this.scene = scene;
        this.seed = seed;
        this.width = width;
        this.height = height;
    }

    /** A camera in a scene of its own. */
    public static StillCamera of(long seed, SceneFamily family, int width, int height) {
        return new StillCamera(SceneChoice.compose(seed, family), seed, width, height);
    }

    /** A frame in which nothing happens. */
    public RenderedFrame frame(int index) {
        return render(scene, index, 0);
    }

    /**
     * A frame with a box before the camera.
     *
     * @param side metres right of the optical axis
     */
    public RenderedFrame withBox(int index, double side) {
        return render(withSolid(box(side)), index, 0);
    }

    /** A frame of another exposure. */
    public RenderedFrame exposed(int index, double gain) {
        Lens lens = scene.lens();
        Lens brighter =
                new Lens(
                        lens.focal(),
                        lens.shiftX(),
                        lens.shiftY(),
                        lens.brightness() * gain,
                        lens.tint(),
                        lens.blur(),
                        lens.noise(),
                        lens.vignette(),
                        lens.contrast());
        return render(new Scene(scene.solids(), scene.light(), scene.path(), brighter), index, 0);
    }

    /** A frame of the camera turned to the left, radians. */
    public RenderedFrame turned(int index, double yaw) {
        return render(scene, index, yaw);
    }

    private Scene withSolid(Solid solid) {
        List<Solid> solids = new ArrayList<>(scene.solids());
        solids.add(solid);
        return new Scene(solids, scene.light(), scene.path(), scene.lens());
    }

    /** A box of 0.24 m, 0.9 m before the camera. */
    private Solid box(double side) {
        Rotation turned = scene.path().orientation(0);
        Vector centre =
                scene.path()
                        .position(0)
                        .plus(turned.ahead().times(0.9))
                        .plus(turned.right().times(side));
        Surface surface =
                new Surface(
                        Texture.PLAIN,
                        new Colour(0.7, 0.2, 0.15),
                        new Colour(0.7, 0.2, 0.15),
                        1,
                        0.2,
                        0.1,
                        0,
                        0);
        return new Solid(Solid.Shape.BOX, centre, new Vector(0.12, 0.12, 0.12), turned, surface);
    }

    private RenderedFrame render(Scene shown, int index, double yaw) {
        CameraPath path = scene.path();
        Rotation orientation = path.orientation(0);
        Rotation turn = Rotation.yaw(yaw);
        Rotation turned =
                new Rotation(
                        turn.undo(orientation.right()),
                        turn.undo(orientation.ahead()),
                        turn.undo(orientation.up()));
        View view =
                new View(
                        path.position(0),
                        turned,
                        width,
                        height,
                        shown.lens().intrinsics(width, height));
        return RenderedCamera.render(shown, view, SceneRandom.mix(seed, index));
    }
}
