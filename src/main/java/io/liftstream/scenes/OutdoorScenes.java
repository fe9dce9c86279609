package io.liftstream.scenes;

/** Open ground: buildings, trees, vehicles, rocks and walls under a sky, clear or hazy. */
final class OutdoorScenes implements SceneComposer {
    private static final Shell OPEN = new Shell(400, 400, 30, 0);

    @Override
    public Scene compose(SceneRandom random) {
        Shell shell = new Shell(OPEN.halfWidth(), OPEN.halfLength(), OPEN.height(), random.angle());
        Vector rest = new Vector(0, 0, random.between(0.8, 3));
        Stage stage =
                Interiors.stage(random, shell, rest, random.angle(), random.between(0.1, 0.5));
        stage.add(
                Solid.shell(
                        Solid.Shape.BOX,
                        new Vector(0, 0, -1),
                        new Vector(600, 600, 1),
                        Rotation.yaw(shell.yaw()),
                        stage.palette.ground()));
        road(stage);
        Landmarks landmarks = new Landmarks(stage);
        landmarks.skyline(random.count(2, 8));
        int near = random.count(2, 4);
        for (int i = 0; i < near; i++) {
            landmarks.any(1, 5);
        }
        int others = random.count(4, 12);
        for (int i = 0; i < others; i++) {
            landmarks.any(3, 35);
        }
        return stage.scene(light(stage));
    }

    private static void road(Stage stage) {
        SceneRandom random = stage.random;
        if (random.chance(0.5)) {
            return;
        }
        double yaw = stage.path.yaw() + random.between(-1.2, 1.2);
        double width = random.between(1, 5);
        Vector middle = Rotation.yaw(yaw).right().times(random.between(-4, 4));
        stage.add(
                Solid.shell(
                        Solid.Shape.BOX,
                        middle,
                        new Vector(width, 500, 0.01),
                        Rotation.yaw(yaw),
                        stage.palette.plain(0.1, 0.05, random.between(0.1, 0.5), 0)));
        stage.add(
                Solid.shell(
                        Solid.Shape.BOX,
                        middle,
                        new Vector(0.08, 500, 0.015),
                        Rotation.yaw(yaw),
                        stage.palette.plain(0.13, random.between(0, 0.6), 0.8, 0)));
    }

    private static Light light(Stage stage) {
        SceneRandom random = stage.random;
        double elevation = random.between(0.25, 1.3);
        Vector sun =
                Vector.polar(random.angle(), Math.cos(elevation))
                        .plus(new Vector(0, 0, Math.sin(elevation)))
                        .times(1000);
        boolean overcast = random.chance(0.35);
        Colour key = Colour.of(0.1, random.between(0, 0.3), 1);
        Colour zenith =
                Colour.of(
                        0.6, overcast ? 0.05 : random.between(0.3, 0.7), random.between(0.4, 0.9));
        Colour haze = Colour.of(0.6, random.between(0, 0.15), random.between(0.6, 0.95));
        return new Light(
                sun,
                overcast ? 200 : random.between(5, 40),
                key.times(overcast ? random.between(0.1, 0.4) : random.between(0.7, 1.4)),
                Double.POSITIVE_INFINITY,
                sun,
                0,
                zenith.toward(haze, 0.5).times(random.between(0.4, 0.7)),
                Colour.WHITE.times(random.between(0.1, 0.3)),
                random.chance(0.6) ? random.scaled(0.001, 0.03) : 0.0008,
                haze,
                zenith,
                random.between(0, 0.6));
    }
}
