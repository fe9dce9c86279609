package io.liftstream.scenes;

import java.util.List;

/**
 * The bodies that can stand between a place and the key light, or close to the place. For each tile
 * of the picture the few that matter are chosen once; its pixels then ask only those.
 */
final class Occluders {
    private static final double CONTACT = 0.25;
    private static final double MIN_DISTANCE = 2e-3;

    private final Solid[] solids;
    private final Light light;
    private final int[] shading;
    private final int[] touching;
    private int shadingCount;
    private int touchingCount;

    Occluders(Scene scene) {
        List<Solid> all = scene.solids();
        this.solids = all.toArray(new Solid[0]);
        this.light = scene.light();
        this.shading = new int[solids.length];
        this.touching = new int[solids.length];
    }

    /** Chooses the bodies that matter to any point of a sphere. */
    void choose(Vector centre, double radius) {
        shadingCount = 0;
        touchingCount = 0;
        Vector way = light.position().minus(centre);
        double length = way.length();
        for (int i = 0; i < solids.length; i++) {
            Solid solid = solids[i];
            if (!solid.casts()) {
                continue;
            }
            Vector offset = solid.centre.minus(centre);
            double distance = offset.length();
            if (distance < radius + solid.radius + CONTACT) {
                touching[touchingCount++] = i;
            }
            double along = Math.max(0, Math.min(length, offset.dot(way) / length));
            double beside =
                    Math.sqrt(
                            Math.max(
                                    0,
                                    distance * distance
                                            - 2 * along * offset.dot(way) / length
                                            + along * along));
            double width = radius + light.radius() * along / length;
            if (beside < width + solid.radius) {
                shading[shadingCount++] = i;
            }
        }
    }

    /** Whether a chosen body hides the spot from the point. */
    boolean blocked(Vector point, Vector spot) {
        double lx = spot.x() - point.x();
        double ly = spot.y() - point.y();
        double lz = spot.z() - point.z();
        double square = lx * lx + ly * ly + lz * lz;
        for (int i = 0; i < shadingCount; i++) {
            if (blocks(solids[shading[i]], point, lx, ly, lz, square)) {
                // The pixels beside this one are most likely hidden by the same body.
                int found = shading[i];
                shading[i] = shading[0];
                shading[0] = found;
                return true;
            }
        }
        return false;
    }

    private static boolean blocks(
            Solid solid, Vector point, double lx, double ly, double lz, double square) {
        double px = point.x() - solid.centre.x();
        double py = point.y() - solid.centre.y();
        double pz = point.z() - solid.centre.z();
        double along = px * lx + py * ly + pz * lz;
        double beside = (px * px + py * py + pz * pz) * square - along * along;
        if (beside > solid.radius * solid.radius * square) {
            return false;
        }
        Rotation turn = solid.rotation;
        Vector half = solid.half;
        double t =
                Solid.meet(
                        solid.shape,
                        dot(turn.right(), px, py, pz) / half.x(),
                        dot(turn.ahead(), px, py, pz) / half.y(),
                        dot(turn.up(), px, py, pz) / half.z(),
                        dot(turn.right(), lx, ly, lz) / half.x(),
                        dot(turn.ahead(), lx, ly, lz) / half.y(),
                        dot(turn.up(), lx, ly, lz) / half.z());
        return t < 1 && t * t * square > MIN_DISTANCE * MIN_DISTANCE;
    }

    /**
     * What the chosen bodies leave of the light from all around.
     *
     * @param own the body that the point lies on, which does not darken itself
     */
    float openness(Vector point, int own) {
        double open = 1;
        for (int i = 0; i < touchingCount; i++) {
            if (touching[i] != own) {
                open *= contact(solids[touching[i]], point);
            }
        }
        return (float) open;
    }

    /** A body this close, taken as a box. */
    private static double contact(Solid solid, Vector point) {
        double px = point.x() - solid.centre.x();
        double py = point.y() - solid.centre.y();
        double pz = point.z() - solid.centre.z();
        double reach = solid.radius + CONTACT;
        if (px * px + py * py + pz * pz > reach * reach) {
            return 1;
        }
        double dx = gap(dot(solid.rotation.right(), px, py, pz), solid.half.x());
        double dy = gap(dot(solid.rotation.ahead(), px, py, pz), solid.half.y());
        double dz = gap(dot(solid.rotation.up(), px, py, pz), solid.half.z());
        double near = 1 - Math.sqrt(dx * dx + dy * dy + dz * dz) / CONTACT;
        return near <= 0 ? 1 : 1 - 0.55 * near * near;
    }

    private static double gap(double position, double half) {
        double outside = Math.abs(position) - half;
        return outside > 0 ? outside : 0;
    }

    private static double dot(Vector axis, double x, double y, double z) {
        return axis.x() * x + axis.y() * y + axis.z() * z;
    }
}
