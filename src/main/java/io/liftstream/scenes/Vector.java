package io.liftstream.scenes;

/** A point or direction in metres: x east, y north, z up. */
record Vector(double x, double y, double z) {
    Vector plus(Vector other) {
        return new Vector(x + other.x, y + other.y, z + other.z);
    }

    Vector minus(Vector other) {
        return new Vector(x - other.x, y - other.y, z - other.z);
    }

    Vector times(double factor) {
        return new Vector(x * factor, y * factor, z * factor);
    }

    double dot(Vector other) {
        return x * other.x + y * other.y + z * other.z;
    }

    double length() {
        return Math.sqrt(dot(this));
    }

    /** Length over the ground, without the height. */
    double groundLength() {
        return Math.hypot(x, y);
    }

    /** On the ground, at this angle (radians, counter-clockwise from east) and distance. */
    static Vector polar(double angle, double distance) {
        return new Vector(Math.cos(angle) * distance, Math.sin(angle) * distance, 0);
    }
}
