package io.liftstream.lifting.calibration;

import java.io.Serializable;

/**
 * Where a camera stands and how it is turned: takes its optical axes (x right, y down, z forward)
 * to the axes of the world, {@code world = q camera q* + (x, y, z)}.
 *
 * @param x of the camera's centre, metres
 * @param y of the camera's centre, metres
 * @param z of the camera's centre, metres
 * @param qx of the unit quaternion
 * @param qy of the unit quaternion
 * @param qz of the unit quaternion
 * @param qw of the unit quaternion
 */
public record CameraPose(double x, double y, double z, double qx, double qy, double qz, double qw)
        implements Serializable {

    /** The rule in words, for error messages. */
    public static final String RULE =
            "x,y,z;qx,qy,qz,qw: metres within 1e6, and a quaternion of length 1 (to 1 %) that turns"
                    + " the camera's axes (x right, y down, z forward) to the world's, such as"
                    + " 1.5,0,2;-0.5,0.5,-0.5,0.5";

    private static final double FARTHEST = 1e6;
    private static final double LENGTH_TOLERANCE = 0.01;

    /**
     * {@return the pose of seven numbers, its quaternion of length 1}
     *
     * @param n x, y, z, qx, qy, qz, qw
     * @throws IllegalArgumentException naming the numbers, where they are no pose
     */
    public static CameraPose of(double... n) {
        double length = n.length == 7 ? Math.sqrt(norm(n)) : Double.NaN;
        boolean near = n.length == 7 && within(n[0]) && within(n[1]) && within(n[2]);
        if (!near || !(Math.abs(length - 1) <= LENGTH_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "pose is " + java.util.Arrays.toString(n) + ": it must be " + RULE);
        }
        return new CameraPose(
                n[0], n[1], n[2], n[3] / length, n[4] / length, n[5] / length, n[6] / length);
    }

    /**
     * {@return the pose that a text says}
     *
     * @param text {@code x,y,z;qx,qy,qz,qw}
     * @throws IllegalArgumentException naming the text, where it is no pose
     */
    public static CameraPose parse(String text) {
        String[] words = text.replace(';', ',').split(",", -1);
        double[] numbers = new double[words.length];
        try {
            for (int i = 0; i < words.length; i++) {
                numbers[i] = Double.parseDouble(words[i].trim());
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("pose is \"" + text + "\": it must be " + RULE, e);
        }
        return of(numbers);
    }

    /** {@return this pose for points whose y and z point the other way, as OpenGL's do} */
    public CameraPose ofOpenGl() {
        // Half a turn about x comes first: q (1, 0, 0, 0).
        return new CameraPose(x, y, z, qw, qz, -qy, -qx);
    }

    /**
     * {@return a point of the camera in the world}
     *
     * @param right metres along the camera's x
     * @param down metres along the camera's y
     * @param forward metres along the camera's z
     */
    public double[] toWorld(double right, double down, double forward) {
        double tx = 2 * (qy * forward - qz * down);
        double ty = 2 * (qz * right - qx * forward);
        double tz = 2 * (qx * down - qy * right);
        return new double[] {
            x + right + qw * tx + qy * tz - qz * ty,
            y + down + qw * ty + qz * tx - qx * tz,
            z + forward + qw * tz + qx * ty - qy * tx
        };
    }

    private static double norm(double[] n) {
        return n[3] * n[3] + n[4] * n[4] + n[5] * n[5] + n[6] * n[6];
    }

    private static boolean within(double metres) {
        return Math.abs(metres) <= FARTHEST;
    }
}
