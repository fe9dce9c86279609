package io.liftstream.scenes;

import java.util.ArrayList;
import java.util.List;

/**
 * A scene while it is being built: the camera stands first, then bodies are put where the camera
 * looks and where nothing else stands.
 */
final class Stage {
    private static final int TRIES = 30;

    final SceneRandom random;
    final Palette palette;
    final Lens lens;
    final CameraPath path;

    private final List<Solid> solids = new ArrayList<>();
    private final List<Vector> takenSpots = new ArrayList<>();
    private final List<Double> takenRadii = new ArrayList<>();
    private final Shell shell;

    Stage(SceneRandom random, Palette palette, Lens lens, CameraPath path, Shell shell) {
        this.random = random;
        this.palette = palette;
        this.lens = lens;
        this.path = path;
        this.shell = shell;
        take(new Vector(path.rest().x(), path.rest().y(), 0), path.sway() + 0.45);
    }

    void add(Solid solid) {
        solids.add(solid);
    }

    /**
     * Adds a part of something that stands at a spot.
     *
     * @param spot where the thing stands
     * @param yaw how the thing is turned, radians
     * @param offset the part's centre from the spot, along the thing's own axes
     * @param half half the part's size along the thing's own axes
     */
    void part(
            Solid.Shape shape,
            Vector spot,
            double yaw,
            Vector offset,
            Vector half,
            Surface surface) {
        Rotation turn = Rotation.yaw(yaw);
        add(new Solid(shape, spot.plus(turn.undo(offset)), half, turn, surface));
    }

    void box(Vector spot, double yaw, Vector offset, Vector half, Surface surface) {
        part(Solid.Shape.BOX, spot, yaw, offset, half, surface);
    }

    /** Marks a circle on the floor as occupied. */
    void take(Vector spot, double radius) {
        takenSpots.add(spot);
        takenRadii.add(radius);
    }

    /**
     * A spot on the floor in the camera's view where a thing of this radius has room; null when
     * none was found.
     */
    Vector spot(double radius, double nearest, double farthest) {
        double halfView = Math.atan(0.5 / lens.focal());
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double side = random.between(-1, 1) * halfView * 1.1;
            double distance = random.scaled(nearest + radius, farthest);
            Vector spot =
                    new Vector(path.rest().x(), path.rest().y(), 0)
                            .plus(Vector.polar(path.yaw() + Math.PI / 2 + side, distance));
            if (shell.holds(spot, radius) && isFree(spot, radius)) {
                take(spot, radius);
                return spot;
            }
        }
        return null;
    }

    private boolean isFree(Vector spot, double radius) {
        for (int i = 0; i < takenSpots.size(); i++) {
            if (takenSpots.get(i).minus(spot).groundLength() < takenRadii.get(i) + radius) {
                return false;
            }
        }
        return true;
    }

    /** Along a wall most of the time, else any way round. */
    double heading() {
        return random.chance(0.5) ? shell.yaw() + random.count(0, 3) * Math.PI / 2 : random.angle();
    }

    Shell shell() {
        return shell;
    }

    Scene scene(Light light) {
        return new Scene(List.copyOf(solids), light, path, lens);
    }
}
