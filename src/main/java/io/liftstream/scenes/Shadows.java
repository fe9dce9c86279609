package io.liftstream.scenes;

import java.util.Arrays;

/**
 * How much of the key light, and of the light from all around, reaches each pixel.
 *
 * <p>Each pixel of a 4 x 4 tile asks for another spot of the lamp; the mean over the tile's pixels
 * on the same body is the soft shadow, without noise. Bodies close by also take away light from all
 * around: the dark rim where an object stands on the floor.
 */
final class Shadows {
    private static final int TILE = 4;
    private static final double CONTACT = 0.25;
    private static final double SHORTEST = 2e-3;

    final float[] direct;
    final float[] around;

    private final View view;
    private final Visibility visibility;
    private final Solid[] solids;
    private final Light light;
    private int lastBlocker;

    private Shadows(Scene scene, View view, Visibility visibility) {
        this.view = view;
        this.visibility = visibility;
        this.solids = scene.solids().toArray(new Solid[0]);
        this.light = scene.light();
        this.direct = new float[visibility.depth.length];
        this.around = new float[direct.length];
    }

    static Shadows of(Scene scene, View view, Visibility visibility) {
        Shadows shadows = new Shadows(scene, view, visibility);
        float[] sharp = new float[shadows.direct.length];
        shadows.trace(sharp);
        shadows.soften(sharp);
        return shadows;
    }

    private void trace(float[] sharp) {
        Arrays.fill(around, 1);
        Vector[] spots = spots();
        for (int row = 0; row < view.height(); row++) {
            Vector base = view.turned().ahead().plus(view.down().times(view.slopeY(row)));
            for (int column = 0; column < view.width(); column++) {
                int pixel = row * view.width() + column;
                if (visibility.body[pixel] == Visibility.SKY) {
                    continue;
                }
                double depth = visibility.depth[pixel] * (1 - 1e-6);
                double slope = view.slopeX(column);
                Vector right = view.turned().right();
                double x = view.position().x() + (base.x() + right.x() * slope) * depth;
                double y = view.position().y() + (base.y() + right.y() * slope) * depth;
                double z = view.position().z() + (base.z() + right.z() * slope) * depth;
                Vector spot = spots[(row % TILE) * TILE + column % TILE];
                sharp[pixel] = gather(pixel, x, y, z, spot);
            }
        }
    }

    /** Sixteen spots on the lamp, spread evenly and well mixed within a tile. */
    private Vector[] spots() {
        Vector[] spots = new Vector[TILE * TILE];
        Vector axis = light.position().minus(view.position());
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

    /** Darkens {@link #around} by what is close and tells whether the spot is seen: 1 or 0. */
    private float gather(int pixel, double x, double y, double z, Vector spot) {
        double lx = spot.x() - x;
        double ly = spot.y() - y;
        double lz = spot.z() - z;
        double length = lx * lx + ly * ly + lz * lz;
        int own = visibility.body[pixel];
        boolean blocked = blocks(solids[lastBlocker], x, y, z, lx, ly, lz);
        float open = 1;
        for (int i = 0; i < solids.length; i++) {
            Solid solid = solids[i];
            if (!solid.casts()) {
                continue;
            }
            double vx = solid.centre.x() - x;
            double vy = solid.centre.y() - y;
            double vz = solid.centre.z() - z;
            double distance = vx * vx + vy * vy + vz * vz;
            double reach = solid.radius + CONTACT;
            if (i != own && distance < reach * reach) {
                open *= contact(solid, x, y, z);
            }
            if (!blocked) {
                double along = vx * lx + vy * ly + vz * lz;
                double beside = distance * length - along * along;
                if (along > -solid.radius * Math.sqrt(length)
                        && beside < solid.radius * solid.radius * length
                        && blocks(solid, x, y, z, lx, ly, lz)) {
                    blocked = true;
                    lastBlocker = i;
                }
            }
        }
        around[pixel] = open;
        return blocked ? 0 : 1;
    }

    private static boolean blocks(
            Solid solid, double x, double y, double z, double lx, double ly, double lz) {
        if (!solid.casts()) {
            return false;
        }
        Rotation turn = solid.rotation;
        Vector half = solid.half;
        double px = x - solid.centre.x();
        double py = y - solid.centre.y();
        double pz = z - solid.centre.z();
        double t =
                Solid.meet(
                        solid.shape,
                        dot(turn.right(), px, py, pz) / half.x(),
                        dot(turn.ahead(), px, py, pz) / half.y(),
                        dot(turn.up(), px, py, pz) / half.z(),
                        dot(turn.right(), lx, ly, lz) / half.x(),
                        dot(turn.ahead(), lx, ly, lz) / half.y(),
                        dot(turn.up(), lx, ly, lz) / half.z());
        return t < 1 && t * t * (lx * lx + ly * ly + lz * lz) > SHORTEST * SHORTEST;
    }

    /** What a body this close leaves of the light from all around; the body taken as a box. */
    private static float contact(Solid solid, double x, double y, double z) {
        double px = x - solid.centre.x();
        double py = y - solid.centre.y();
        double pz = z - solid.centre.z();
        double dx = gap(dot(solid.rotation.right(), px, py, pz), solid.half.x());
        double dy = gap(dot(solid.rotation.ahead(), px, py, pz), solid.half.y());
        double dz = gap(dot(solid.rotation.up(), px, py, pz), solid.half.z());
        double near = 1 - Math.sqrt(dx * dx + dy * dy + dz * dz) / CONTACT;
        return near <= 0 ? 1 : (float) (1 - 0.55 * near * near);
    }

    private static double gap(double position, double half) {
        return Math.max(0, Math.abs(position) - half);
    }

    private static double dot(Vector axis, double x, double y, double z) {
        return axis.x() * x + axis.y() * y + axis.z() * z;
    }

    private void soften(float[] sharp) {
        int width = view.width();
        for (int row = 0; row < view.height(); row++) {
            int top = Math.max(0, Math.min(row - TILE / 2, view.height() - TILE));
            for (int column = 0; column < width; column++) {
                int left = Math.max(0, Math.min(column - TILE / 2, width - TILE));
                int pixel = row * width + column;
                direct[pixel] = tileMean(sharp, top * width + left, visibility.body[pixel]);
            }
        }
    }

    private float tileMean(float[] sharp, int corner, int own) {
        float sum = 0;
        int count = 0;
        int end = Math.min(sharp.length, corner + TILE * view.width());
        for (int line = corner; line < end; line += view.width()) {
            for (int i = line; i < Math.min(sharp.length, line + TILE); i++) {
                if (visibility.body[i] == own) {
                    sum += sharp[i];
                    count++;
                }
            }
        }
        return count == 0 ? 1 : sum / count;
    }
}
