package io.liftstream.scenes;

/**
 * A smooth walk through a scene: the camera sways about a resting place and turns its head, so that
 * neighbouring frames differ a little and the path never leaves a known sphere.
 *
 * @param rest the place at the middle of the path, metres
 * @param yaw resting direction of view, radians counter-clockwise from north
 * @param pitch resting elevation of view, radians, up is positive
 * @param roll lean to the right, radians
 * @param sway how far it leaves its resting place, metres
 * @param turn how far it turns its head, radians
 * @param phase where on the path frame 0 lies, radians
 */
record CameraPath(
        Vector rest,
        double yaw,
        double pitch,
        double roll,
        double sway,
        double turn,
        double phase) {

    /** Frames for one full sway. */
    private static final double PERIOD = 90;

    Vector position(double frame) {
        double t = phase + 2 * Math.PI * frame / PERIOD;
        Vector side = Rotation.yaw(yaw).right().times(sway * Math.sin(t));
        Vector ahead = Rotation.yaw(yaw).ahead().times(0.6 * sway * Math.cos(0.7 * t));
        return rest.plus(side).plus(ahead).plus(new Vector(0, 0, 0.12 * sway * Math.sin(1.9 * t)));
    }

    Rotation orientation(double frame) {
        double t = phase + 2 * Math.PI * frame / PERIOD;
        return Rotation.of(
                yaw + turn * Math.sin(0.8 * t + 1),
                pitch + 0.15 * turn * Math.sin(1.3 * t),
                roll + 0.1 * turn * Math.sin(1.7 * t));
    }
}
