package io.liftstream.scenes;

/** The three axes of a turned body, in world coordinates; each has length one. */
record Rotation(Vector right, Vector ahead, Vector up) {
    static final Rotation NONE = yaw(0);

    /** Turned counter-clockwise about the vertical, radians. */
    static Rotation yaw(double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        return new Rotation(new Vector(c, s, 0), new Vector(-s, c, 0), new Vector(0, 0, 1));
    }

    /** Turned about the vertical, then raised at its front, then leant to the right; radians. */
    static Rotation of(double yaw, double pitch, double roll) {
        Rotation level = yaw(yaw);
        Vector ahead = level.ahead.times(Math.cos(pitch)).plus(level.up.times(Math.sin(pitch)));
        Vector raised = level.up.times(Math.cos(pitch)).minus(level.ahead.times(Math.sin(pitch)));
        Vector right = level.right.times(Math.cos(roll)).minus(raised.times(Math.sin(roll)));
        Vector up = raised.times(Math.cos(roll)).plus(level.right.times(Math.sin(roll)));
        return new Rotation(right, ahead, up);
    }

    /** World to body. */
    Vector apply(Vector world) {
        return new Vector(right.dot(world), ahead.dot(world), up.dot(world));
    }

    /** Body to world. */
    Vector undo(Vector body) {
        return right.times(body.x()).plus(ahead.times(body.y())).plus(up.times(body.z()));
    }
}
