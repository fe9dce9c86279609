package io.liftstream.scenes;

import java.util.Arrays;
import java.util.List;

/**
 * Which body each pixel sees, and how far away. Bodies are drawn one after the other, each only
 * within the rectangle that its bounding sphere covers, which is much cheaper than to ask every ray
 * for every body.
 */
final class Visibility {
    /** Index of a pixel that sees the sky. */
    static final int SKY = -1;

    private static final double NEAREST = 0.05;

    final double[] depth;
    final int[] body;

    private final View view;

    private Visibility(View view) {
        this.view = view;
        this.depth = new double[view.width() * view.height()];
        this.body = new int[depth.length];
        Arrays.fill(depth, Double.POSITIVE_INFINITY);
        Arrays.fill(body, SKY);
    }

    static Visibility of(List<Solid> solids, View view) {
        Visibility visibility = new Visibility(view);
        for (int i = 0; i < solids.size(); i++) {
            visibility.draw(solids.get(i), i);
        }
        return visibility;
    }

    private void draw(Solid solid, int index) {
        Vector seen = view.seen(solid.centre);
        int left = 0;
        int right = view.width() - 1;
        int top = 0;
        int bottom = view.height() - 1;
        double distance = seen.length();
        if (solid.shape != Solid.Shape.ROOM && distance > solid.radius * 1.001) {
            if (seen.z() + solid.radius < NEAREST) {
                return;
            }
            left = first(column(edge(seen.x(), seen.z(), solid.radius, -1)));
            right = last(column(edge(seen.x(), seen.z(), solid.radius, 1)), right);
            top = first(row(edge(seen.y(), seen.z(), solid.radius, -1)));
            bottom = last(row(edge(seen.y(), seen.z(), solid.radius, 1)), bottom);
        }
        fill(solid, index, left, right, top, bottom);
    }

    /** Slope of the tangent to the sphere in the plane of one picture axis. */
    private static double edge(double across, double ahead, double radius, int side) {
        double planar = Math.hypot(across, ahead);
        if (radius >= planar) {
            return side * Double.POSITIVE_INFINITY;
        }
        double angle = Math.atan2(across, ahead) + side * Math.asin(radius / planar);
        return Math.abs(angle) < Math.PI / 2 - 1e-6
                ? Math.tan(angle)
                : Math.signum(angle) * Double.POSITIVE_INFINITY;
    }

    private static int first(double pixel) {
        return (int) Math.max(0, Math.min(1e6, Math.floor(pixel)));
    }

    private static int last(double pixel, int highest) {
        return (int) Math.max(-1, Math.min(highest, Math.ceil(pixel)));
    }

    private double column(double slope) {
        return slope * view.intrinsics().fx() + view.intrinsics().cx();
    }

    private double row(double slope) {
        return slope * view.intrinsics().fy() + view.intrinsics().cy();
    }

    private void fill(Solid solid, int index, int left, int right, int top, int bottom) {
        Vector origin = solid.unitPoint(view.position());
        Vector across = solid.unitDirection(view.turned().right());
        Vector down = solid.unitDirection(view.down());
        Vector ahead = solid.unitDirection(view.turned().ahead());
        double ox = origin.x();
        double oy = origin.y();
        double oz = origin.z();
        for (int row = top; row <= bottom; row++) {
            double slopeY = view.slopeY(row);
            double rowX = ahead.x() + down.x() * slopeY;
            double rowY = ahead.y() + down.y() * slopeY;
            double rowZ = ahead.z() + down.z() * slopeY;
            for (int column = left; column <= right; column++) {
                double slopeX = view.slopeX(column);
                double t =
                        Solid.meet(
                                solid.shape,
                                ox,
                                oy,
                                oz,
                                rowX + across.x() * slopeX,
                                rowY + across.y() * slopeX,
                                rowZ + across.z() * slopeX);
                int pixel = row * view.width() + column;
                if (t < depth[pixel]) {
                    depth[pixel] = t;
                    body[pixel] = index;
                }
            }
        }
    }
}
