package io.liftstream.scenes;

import io.liftstream.lifting.calibration.CameraPose;
import java.util.List;

/**
 * Cameras that stand in one empty room and look about; where each stands is known. The world has z
 * up.
 */
public final class RoomCameras {
    private static final double OFF_CENTRE = 0.3;

    private final Scene room;
    private final Solid walls;
    private final int count;

    private RoomCameras(Scene scene, int count) {
        this.walls =
                scene.solids().stream()
                        .filter(solid -> solid.shape == Solid.Shape.ROOM)
                        .findFirst()
                        .orElseThrow();
        this.room = new Scene(List.of(walls), scene.light(), scene.path(), scene.lens());
        this.count = count;
    }

    /** So many cameras of one room, each turned on from the one before. */
    public static RoomCameras of(long seed, int count) {
        return new RoomCameras(SceneChoice.compose(seed, SceneFamily.ROOM), count);
    }

    /** What a camera sees. */
    public RenderedFrame frame(int camera, int width, int height) {
        return RenderedCamera.render(room, view(camera, width, height), camera);
    }

    /** Where a camera stands. */
    public CameraPose pose(int camera) {
        View view = view(camera, 64, 48);
        Vector position = view.position();
        return quaternion(position, view.turned().right(), view.down(), view.turned().ahead());
    }

    /** Metres from a point of the world to the nearest wall, floor or ceiling. */
    public double offWalls(double[] point) {
        Vector own = ownOf(point);
        Vector half = walls.half;
        return Math.min(
                Math.abs(half.x() - Math.abs(own.x())),
                Math.min(
                        Math.abs(half.y() - Math.abs(own.y())),
                        Math.abs(half.z() - Math.abs(own.z()))));
    }

    /** Which of the four walls a point of the world is nearest to, 0 to 3; -1: floor or ceiling. */
    public int wallOf(double[] point) {
        Vector own = ownOf(point);
        double x = walls.half.x() - Math.abs(own.x());
        double y = walls.half.y() - Math.abs(own.y());
        double z = walls.half.z() - Math.abs(own.z());
        if (z < x && z < y) {
            return -1;
        }
        return x < y ? (own.x() > 0 ? 0 : 1) : (own.y() > 0 ? 2 : 3);
    }

    private Vector ownOf(double[] point) {
        Vector world = new Vector(point[0], point[1], point[2]);
        return walls.rotation.apply(world.minus(walls.centre));
    }

    private View view(int camera, int width, int height) {
        double angle = 2 * Math.PI * camera / count;
        Vector position =
                walls.centre
                        .plus(walls.rotation.right().times(OFF_CENTRE * Math.cos(angle)))
                        .plus(walls.rotation.ahead().times(OFF_CENTRE * Math.sin(angle)));
        return new View(
                position,
                Rotation.of(angle, -0.1 * camera, 0.05 * camera),
                width,
                height,
                room.lens().intrinsics(width, height));
    }

    /** Of the matrix whose columns are the camera's axes; its trace is far from -1 or not. */
    private static CameraPose quaternion(Vector at, Vector x, Vector y, Vector z) {
        double[][] m = {{x.x(), y.x(), z.x()}, {x.y(), y.y(), z.y()}, {x.z(), y.z(), z.z()}};
        double[] q = new double[4];
        int largest = 0;
        double[] squares = {
            1 + m[0][0] - m[1][1] - m[2][2],
            1 - m[0][0] + m[1][1] - m[2][2],
            1 - m[0][0] - m[1][1] + m[2][2],
            1 + m[0][0] + m[1][1] + m[2][2]
        };
        for (int i = 1; i < 4; i++) {
            largest = squares[i] > squares[largest] ? i : largest;
        }
        double[][] products = {
            {squares[0], m[1][0] + m[0][1], m[0][2] + m[2][0], m[2][1] - m[1][2]},
            {m[1][0] + m[0][1], squares[1], m[2][1] + m[1][2], m[0][2] - m[2][0]},
            {m[0][2] + m[2][0], m[2][1] + m[1][2], squares[2], m[1][0] - m[0][1]},
            {m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1], squares[3]}
        };
        double by = 2 * Math.sqrt(squares[largest]);
        for (int i = 0; i < 4; i++) {
            q[i] = products[largest][i] / by;
        }
        return CameraPose.of(at.x(), at.y(), at.z(), q[0], q[1], q[2], q[3]);
    }
}
