package io.liftstream.scenes;

import java.util.List;

/**
 * Solids of any size and position, also in the air, before walls that stand any way: nothing here
 * follows the rules of a furnished room, so that outlines, shading and cover must be read.
 */
final class ClutterScenes implements SceneComposer {
    private static final List<Solid.Shape> SHAPES =
            List.of(Solid.Shape.BOX, Solid.Shape.BOX, Solid.Shape.CYLINDER, Solid.Shape.ELLIPSOID);

    @Override
    public Scene compose(SceneRandom random) {
        Shell shell =
                new Shell(
                        random.between(2, 7),
                        random.between(2, 7),
                        random.between(2.6, 6),
                        random.angle());
        Stage stage = Interiors.enter(random, shell);
        shell.build(stage);
        int count = random.count(8, 22);
        for (int i = 0; i < count; i++) {
            scatter(stage, i < 3);
        }
        return stage.scene(Interiors.light(stage));
    }

    /** Half of the bodies rest on the floor, the others float. */
    private static void scatter(Stage stage, boolean close) {
        SceneRandom random = stage.random;
        double distance = close ? random.between(0.8, 1.8) : random.scaled(1, 7);
        double size = random.scaled(0.08, 0.32) * Math.sqrt(distance);
        double lean = random.chance(0.4) ? 0 : random.between(-1, 1);
        double halfView = Math.atan(0.5 / stage.lens.focal());
        double side = random.between(-1, 1) * halfView;
        Vector eye = stage.path.rest();
        Vector way = Vector.polar(stage.path.yaw() + Math.PI / 2 + side, distance);
        double rise = (random.between(-0.9, 0.9) * halfView + stage.path.pitch()) * distance;
        boolean resting = random.chance(0.5);
        Vector half =
                new Vector(
                        size * random.between(0.5, 1.2),
                        size * random.between(0.5, 1.2),
                        size * random.between(0.5, 1.8));
        double height = resting ? half.z() : Math.max(half.z(), eye.z() + rise);
        Vector centre = new Vector(eye.x() + way.x(), eye.y() + way.y(), height);
        double reach = Math.max(half.x(), Math.max(half.y(), half.z())) * 1.2;
        boolean fits =
                stage.shell().holds(centre, reach * 0.6)
                        && distance - reach > stage.path.sway() + 0.3;
        if (fits && height < stage.shell().height()) {
            Rotation turn =
                    Rotation.of(random.angle(), resting ? 0 : lean, resting ? 0 : lean * 0.7);
            stage.add(new Solid(random.pick(SHAPES), centre, half, turn, stage.palette.thing()));
        }
    }
}
