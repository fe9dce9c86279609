package io.liftstream.scenes;

/**
 * The bounds of a place: a rectangular hall on the ground, turned about the vertical; out of doors
 * it is as large as the eye can reach.
 *
 * @param halfWidth half the extent along its own first axis, metres
 * @param halfLength half the extent along its own second axis, metres
 * @param height of the ceiling, metres
 * @param yaw how it is turned, radians
 */
record Shell(double halfWidth, double halfLength, double height, double yaw) {

    /** Whether a circle on the floor lies inside. */
    boolean holds(Vector spot, double radius) {
        Vector own = Rotation.yaw(yaw).apply(spot);
        return Math.abs(own.x()) + radius <= halfWidth && Math.abs(own.y()) + radius <= halfLength;
    }

    /** World coordinates of a point given along the hall's own axes. */
    Vector place(double x, double y, double z) {
        return Rotation.yaw(yaw).undo(new Vector(x, y, z));
    }

    /** Metres from a point inside to the wall in a direction (radians from east). */
    double free(Vector from, double angle) {
        Vector own = Rotation.yaw(yaw).apply(from);
        Vector way = Rotation.yaw(yaw).apply(Vector.polar(angle, 1));
        return Math.min(reach(own.x(), way.x(), halfWidth), reach(own.y(), way.y(), halfLength));
    }

    private static double reach(double from, double way, double half) {
        return Math.abs(way) < 1e-9
                ? Double.POSITIVE_INFINITY
                : (Math.signum(way) * half - from) / way;
    }

    /** Puts walls, floor and ceiling on the stage. */
    void build(Stage stage) {
        Rotation turn = Rotation.yaw(yaw);
        Palette palette = stage.palette;
        stage.add(
                Solid.shell(
                        Solid.Shape.ROOM,
                        new Vector(0, 0, height / 2),
                        new Vector(halfWidth, halfLength, height / 2 + 0.1),
                        turn,
                        palette.wall()));
        Vector slab = new Vector(halfWidth, halfLength, 0.05);
        stage.add(
                Solid.shell(Solid.Shape.BOX, new Vector(0, 0, -0.05), slab, turn, palette.floor()));
        stage.add(
                Solid.shell(
                        Solid.Shape.BOX,
                        new Vector(0, 0, height + 0.05),
                        slab,
                        turn,
                        palette.ceiling()));
    }

    /** Hangs a thin panel on one of the four walls. */
    void hang(
            Stage stage,
            int side,
            double along,
            double middle,
            double halfSpan,
            double halfHeight,
            Surface surface) {
        boolean onWidth = side % 2 == 0;
        double sign = side < 2 ? 1 : -1;
        double thickness = 0.03;
        double limit = Math.max(0, (onWidth ? halfLength : halfWidth) - halfSpan);
        double position = along * limit;
        Vector centre =
                onWidth
                        ? place(sign * (halfWidth - thickness), position, middle)
                        : place(position, sign * (halfLength - thickness), middle);
        Vector half =
                onWidth
                        ? new Vector(thickness, halfSpan, halfHeight)
                        : new Vector(halfSpan, thickness, halfHeight);
        stage.add(new Solid(Solid.Shape.BOX, centre, half, Rotation.yaw(yaw), surface));
    }
}
