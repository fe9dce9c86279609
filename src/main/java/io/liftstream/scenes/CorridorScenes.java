package io.liftstream.scenes;

/** Long narrow halls: doors, pillars, pipes, lamps in a row, things along the walls. */
final class CorridorScenes implements SceneComposer {
    @Override
    public Scene compose(SceneRandom random) {
        Shell shell =
                new Shell(
                        random.between(0.9, 2.2),
                        random.between(5, 14),
                        random.between(2.3, 3.8),
                        random.angle());
        double sway = random.between(0.05, 0.2);
        Vector rest =
                shell.place(
                        random.between(-1, 1) * (shell.halfWidth() - 0.45 - sway),
                        -shell.halfLength() * random.between(0.3, 0.9),
                        random.between(0.8, 1.9));
        Stage stage =
                Interiors.stage(
                        random, shell, rest, shell.yaw() + random.between(-0.45, 0.45), sway);
        shell.build(stage);
        doors(stage);
        ceiling(stage);
        alongWalls(stage);
        Props props = new Props(stage);
        int things = random.count(2, 6);
        for (int i = 0; i < things; i++) {
            props.any(0.7, 9);
        }
        return stage.scene(Interiors.light(stage));
    }

    private static void doors(Stage stage) {
        SceneRandom random = stage.random;
        Surface door = stage.palette.wooden();
        double step = random.between(0.12, 0.35);
        for (double along = -1; along <= 1; along += step) {
            stage.shell().hang(stage, 0, along, 1.02, 0.45, 1.02, door);
            stage.shell().hang(stage, 2, along + step / 2, 1.02, 0.45, 1.02, door);
        }
        stage.shell().hang(stage, 1, 0, 1.1, 0.7, 1.1, stage.palette.pane());
    }

    private static void ceiling(Stage stage) {
        SceneRandom random = stage.random;
        Shell shell = stage.shell();
        double gap = random.between(1.5, 3.5);
        Surface lamp = stage.palette.lamp();
        for (double y = -shell.halfLength() + 1; y < shell.halfLength(); y += gap) {
            stage.add(
                    new Solid(
                            Solid.Shape.BOX,
                            shell.place(0, y, shell.height() - 0.03),
                            new Vector(0.25, 0.5, 0.03),
                            Rotation.yaw(shell.yaw()),
                            lamp));
        }
        if (random.chance(0.6)) {
            double radius = random.between(0.05, 0.18);
            stage.add(
                    new Solid(
                            Solid.Shape.CYLINDER,
                            shell.place(
                                    shell.halfWidth() * random.between(-0.8, 0.8),
                                    0,
                                    shell.height() - 0.35),
                            new Vector(radius, radius, shell.halfLength()),
                            Rotation.of(shell.yaw(), -Math.PI / 2, 0),
                            stage.palette.thing()));
        }
    }

    /** Pillars or lockers in a regular row, and some boxes. */
    private static void alongWalls(Stage stage) {
        SceneRandom random = stage.random;
        Shell shell = stage.shell();
        int side = random.chance(0.5) ? 1 : -1;
        boolean pillars = random.chance(0.5);
        double gap = random.between(1, 3);
        double height = pillars ? shell.height() / 2 : random.between(0.4, 1);
        double size = random.between(0.1, 0.25);
        Surface surface = stage.palette.thing();
        for (double y = -shell.halfLength() + random.between(0.5, 2);
                y < shell.halfLength();
                y += gap) {
            Vector centre = shell.place(side * (shell.halfWidth() - size), y, height);
            if (centre.minus(stage.path.rest()).groundLength() > 0.6 + size) {
                stage.add(
                        new Solid(
                                pillars ? Solid.Shape.CYLINDER : Solid.Shape.BOX,
                                centre,
                                new Vector(size, size * random.between(1, 1.5), height),
                                Rotation.yaw(shell.yaw()),
                                surface));
            }
        }
    }
}
