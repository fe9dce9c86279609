package io.liftstream.scenes;

import java.util.Arrays;

/**
 * How much of the key light, and of the light from all around, reaches each pixel.
 *
 * <p>Each pixel of a 4 x 4 patch asks for another spot of the lamp; the mean over the patch's
 * pixels on the same body is the soft shadow, without noise. Bodies close by also take away light
 * from all around: the dark rim where an object stands on the floor.
 */
final class Shadows {
    private static final int PATCH = 4;
    private static final int TILE = 8;

    final float[] direct;
    final float[] around;

    private final View view;
    private final Visibility visibility;
    private final Vector[] spots;
    private final Occluders occluders;
    private final float[] sharp;

    private Shadows(Scene scene, View view, Visibility visibility) {
        this.view = view;
        this.visibility = visibility;
        this.direct = new float[visibility.depth.length];
        this.around = new float[direct.length];
        this.sharp = new float[direct.length];
        this.spots = spots(scene.light(), view.position());
        this.occluders = new Occluders(scene);
    }

    static Shadows of(Scene scene, View view, Visibility visibility) {
        Shadows shadows = new Shadows(scene, view, visibility);
        Arrays.fill(shadows.around, 1);
        for (int top = 0; top < view.height(); top += TILE) {
            for (int left = 0; left < view.width(); left += TILE) {
                shadows.trace(left, top);
            }
        }
        shadows.soften();
        return shadows;
    }

    /**
     * Sixteen spots on the lamp, an upright disc that faces the camera, spread evenly and well
     * mixed within a patch.
     */
    private static Vector[] spots(Light light, Vector eye) {
        Vector[] spots = new Vector[PATCH * PATCH];
        Vector axis = light.position().minus(eye);
        Rotation frame = Rotation.of(Math.atan2(-axis.x(), axis.y()), 0, 0);
        for (int i = 0; i < spots.length; i++) {
            double distance = light.radius() * Math.sqrt((i + 0.5) / spots.length);
            double angle = 2.399963 * i;
            int mixed = (i * 7) % spots.length;
            spots[mixed] =
                    light.position()
                            .plus(frame.right().times(distance * Math.cos(angle)))
                            .plus(frame.up().times(distance * Math.sin(angle)));
        }
        return spots;
    }

    /** One tile: first which bodies can matter to it at all, then each pixel asks only those. */
    private void trace(int left, int top) {
        int right = Math.min(left + TILE, view.width());
        int bottom = Math.min(top + TILE, view.height());
        double nearest = Double.POSITIVE_INFINITY;
        double farthest = 0;
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                double depth = visibility.depth[row * view.width() + column];
                if (depth < Double.POSITIVE_INFINITY) {
                    nearest = Math.min(nearest, depth);
                    farthest = Math.max(farthest, depth);
                }
            }
        }
        if (farthest == 0) {
            return;
        }
        Vector middle = point(0.5 * (left + right - 1), 0.5 * (top + bottom - 1), nearest);
        Vector end = point(0.5 * (left + right - 1), 0.5 * (top + bottom - 1), farthest);
        double spread = farthest * TILE * 0.75 / view.intrinsics().fx() * 1.6;
        occluders.choose(middle.plus(end).times(0.5), 0.5 * end.minus(middle).length() + spread);
        for (int row = top; row < bottom; row++) {
            for (int column = left; column < right; column++) {
                ask(row, column);
            }
        }
    }

    private Vector point(double column, double row, double depth) {
        Vector ray =
                view.turned()
                        .ahead()
                        .plus(
                                view.turned()
                                        .right()
                                        .times(
                                                (column - view.intrinsics().cx())
                                                        / view.intrinsics().fx()))
                        .plus(
                                view.down()
                                        .times(
                                                (row - view.intrinsics().cy())
                                                        / view.intrinsics().fy()));
        return view.position().plus(ray.times(depth));
    }

    private void ask(int row, int column) {
        int pixel = row * view.width() + column;
        int own = visibility.body[pixel];
        if (own == Visibility.SKY) {
            return;
        }
        Vector point = point(column, row, visibility.depth[pixel] * (1 - 1e-6));
        Vector spot = spots[(row % PATCH) * PATCH + column % PATCH];
        sharp[pixel] = occluders.blocked(point, spot) ? 0 : 1;
        around[pixel] = occluders.openness(point, own);
    }

    private void soften() {
        int width = view.width();
        for (int row = 0; row < view.height(); row++) {
            int top = Math.max(0, Math.min(row - PATCH / 2, view.height() - PATCH));
            for (int column = 0; column < width; column++) {
                int left = Math.max(0, Math.min(column - PATCH / 2, width - PATCH));
                int pixel = row * width + column;
                direct[pixel] = patchMean(top * width + left, visibility.body[pixel]);
            }
        }
    }

    private float patchMean(int corner, int own) {
        float sum = 0;
        int count = 0;
        for (int line = 0; line < PATCH; line++) {
            int start = corner + line * view.width();
            for (int i = start; i < start + PATCH; i++) {
                if (visibility.body[i] == own) {
                    sum += sharp[i];
                    count++;
                }
            }
        }
        return sum / count;
    }
}
