package io.liftstream.scenes;

import java.util.List;

/**
 * A camera that moves smoothly through one rendered scene. The same seed, camera index, family and
 * size give the same bytes for the same frame, in any order of asking. Safe to share between
 * threads.
 */
public final class RenderedCamera {
    private final Scene scene;
    private final long seed;
    private final SceneFamily family;
    private final int width;
    private final int height;

    private RenderedCamera(Scene scene, long seed, SceneFamily family, int width, int height) {
        this.scene = scene;
        this.seed = seed;
        this.family = family;
        this.width = width;
        this.height = height;
    }

    /**
     * Places a camera in a scene of its own.
     *
     * @param seed any number; two seeds are two worlds
     * @param cameraIndex which camera of that world; each sees another scene
     * @param family the kind of place
     * @param width columns of each picture, 16 to 4096
     * @param height rows of each picture, 16 to 4096
     * @return the camera
     * @throws IllegalArgumentException if the size is out of range
     */
    public static RenderedCamera of(
            long seed, int cameraIndex, SceneFamily family, int width, int height) {
        checkSize("width", width);
        checkSize("height", height);
        long own = SceneRandom.mix(SceneRandom.mix(seed, family.ordinal()), cameraIndex);
        Scene scene = SceneChoice.compose(own, family);
        return new RenderedCamera(scene, own, family, width, height);
    }

    /**
     * {@return the family that suits a camera of a mixed fleet: the trained ones in turn}
     *
     * @param cameraIndex from 0
     */
    public static SceneFamily familyOf(int cameraIndex) {
        List<SceneFamily> families = SceneFamily.trainedFamilies();
        return families.get(Math.floorMod(cameraIndex, families.size()));
    }

    static void checkSize(String side, int size) {
        if (size < 16 || size > 4096) {
            throw new IllegalArgumentException(
                    side + " is " + size + ": a rendered picture has 16 to 4096 pixels a side");
        }
    }

    /** {@return the kind of place that this camera sees} */
    public SceneFamily family() {
        return family;
    }

    /**
     * Renders one frame. Neighbouring indices are neighbouring moments, about a thirtieth of a
     * second apart for a camera carried by hand; the path repeats itself only after many turns.
     *
     * @param index number of the frame, 0 or more
     * @return the picture, its true depth in metres and its intrinsics
     */
    public RenderedFrame frame(int index) {
        View view = View.of(scene, index, width, height);
        return render(scene, view, SceneRandom.mix(seed, index));
    }

    /** Takes one picture; the seed is that of the sensor's noise. */
    static RenderedFrame render(Scene scene, View view, long noiseSeed) {
        Visibility visibility = Visibility.of(scene.solids(), view);
        Shadows shadows = Shadows.of(scene, view, visibility);
        float[] radiance = Shading.of(scene, view, visibility, shadows);
        byte[] rgb = Exposure.of(radiance, scene.lens(), view.width(), view.height(), noiseSeed);
        float[] depth = new float[visibility.depth.length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (float) visibility.depth[i];
        }
        return new RenderedFrame(view.width(), view.height(), rgb, depth, view.intrinsics());
    }
}
