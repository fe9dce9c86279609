package io.liftstream.scenes;

/**
 * One convex body: a unit shape, stretched, turned and moved. A ray is taken into the unit shape's
 * own coordinates, where the distance along it stays the same and the intersection is simple.
 */
final class Solid {
    enum Shape {
        /** The cube from -1 to 1. */
        BOX,
        /** The unit sphere. */
        ELLIPSOID,
        /** The unit disc in x and y from z = -1 to 1. */
        CYLINDER,
        /** The cube seen from inside: a ray hits the far wall. */
        ROOM
    }

    final Shape shape;
    final Vector centre;
    final Vector half;
    final Rotation rotation;
    final Surface surface;

    /** Whether it bounds the place (floor, walls, ceiling, ground) instead of standing in it. */
    final boolean shell;

    /** Radius of a sphere around the centre that holds the body. */
    final double radius;

    Solid(Shape shape, Vector centre, Vector half, Rotation rotation, Surface surface) {
        this(shape, centre, half, rotation, surface, false);
    }

    private Solid(
            Shape shape,
            Vector centre,
            Vector half,
            Rotation rotation,
            Surface surface,
            boolean shell) {
        this.shape = shape;
        this.centre = centre;
        this.half = half;
        this.rotation = rotation;
        this.surface = surface;
        this.shell = shell;
        this.radius =
                shape == Shape.ELLIPSOID
                        ? Math.max(half.x(), Math.max(half.y(), half.z()))
                        : shape == Shape.CYLINDER
                                ? Math.hypot(Math.max(half.x(), half.y()), half.z())
                                : half.length();
    }

    /** A body that bounds the place: it throws no shadow, and is no object in it. */
    static Solid shell(
            Shape shape, Vector centre, Vector half, Rotation rotation, Surface surface) {
        return new Solid(shape, centre, half, rotation, surface, true);
    }

    /** A world direction in the unit shape's coordinates. */
    Vector unitDirection(Vector direction) {
        Vector turned = rotation.apply(direction);
        return new Vector(turned.x() / half.x(), turned.y() / half.y(), turned.z() / half.z());
    }

    /** A world point in the unit shape's coordinates. */
    Vector unitPoint(Vector point) {
        return unitDirection(point.minus(centre));
    }

    /** Whether it throws a shadow; lamps and the place's own bounds do not. */
    boolean casts() {
        return !shell && surface.glow() == 0;
    }

    /**
     * Distance along the ray, in lengths of its direction, to where it first meets the unit shape
     * in front of its origin; infinite where it misses.
     */
    static double meet(
            Shape shape, double ox, double oy, double oz, double dx, double dy, double dz) {
        return switch (shape) {
            case BOX -> box(ox, oy, oz, dx, dy, dz, false);
            case ROOM -> box(ox, oy, oz, dx, dy, dz, true);
            case ELLIPSOID -> sphere(ox, oy, oz, dx, dy, dz);
            default -> cylinder(ox, oy, oz, dx, dy, dz);
        };
    }

    private static double box(
            double ox, double oy, double oz, double dx, double dy, double dz, boolean inside) {
        // Plain comparisons: Math.max and Math.min must order NaN and -0, which costs a third.
        double ix = 1 / dx;
        double iy = 1 / dy;
        double iz = 1 / dz;
        double middleX = -ox * ix;
        double middleY = -oy * iy;
        double middleZ = -oz * iz;
        double halfX = ix < 0 ? -ix : ix;
        double halfY = iy < 0 ? -iy : iy;
        double halfZ = iz < 0 ? -iz : iz;
        double far = middleX + halfX;
        far = middleY + halfY < far ? middleY + halfY : far;
        far = middleZ + halfZ < far ? middleZ + halfZ : far;
        if (far <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (inside) {
            return far;
        }
        double near = middleX - halfX;
        near = middleY - halfY > near ? middleY - halfY : near;
        near = middleZ - halfZ > near ? middleZ - halfZ : near;
        return near <= far && near > 0 ? near : Double.POSITIVE_INFINITY;
    }

    private static double sphere(double ox, double oy, double oz, double dx, double dy, double dz) {
        double a = dx * dx + dy * dy + dz * dz;
        double b = ox * dx + oy * dy + oz * dz;
        double c = ox * ox + oy * oy + oz * oz - 1;
        double root = b * b - a * c;
        if (root < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double t = (-b - Math.sqrt(root)) / a;
        return t > 0 ? t : Double.POSITIVE_INFINITY;
    }

    private static double cylinder(
            double ox, double oy, double oz, double dx, double dy, double dz) {
        double a = dx * dx + dy * dy;
        double b = ox * dx + oy * dy;
        double c = ox * ox + oy * oy - 1;
        double root = b * b - a * c;
        if (root < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double width = Math.sqrt(root);
        double ia = 1 / a;
        double iz = 1 / dz;
        double halfZ = iz < 0 ? -iz : iz;
        double near = (-b - width) * ia;
        near = -oz * iz - halfZ > near ? -oz * iz - halfZ : near;
        double far = (width - b) * ia;
        far = halfZ - oz * iz < far ? halfZ - oz * iz : far;
        return near <= far && near > 0 ? near : Double.POSITIVE_INFINITY;
    }
}
