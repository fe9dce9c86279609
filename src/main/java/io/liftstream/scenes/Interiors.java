package io.liftstream.scenes;

/** What all places under a roof share: where the camera stands, the lamps, what hangs on walls. */
final class Interiors {
    private Interiors() {}

    /** Stands a camera inside, looking across the place more often than at the next wall. */
    static Stage enter(SceneRandom random, Shell shell) {
        double sway = random.between(0.05, 0.35);
        double margin = 0.5 + sway;
        Vector rest =
                shell.place(
                        random.between(-1, 1) * Math.max(0, shell.halfWidth() - margin),
                        random.between(-1, 1) * Math.max(0, shell.halfLength() - margin),
                        random.between(0.7, Math.min(2, shell.height() - 0.5)));
        double yaw = random.angle();
        for (int i = 0; i < 6; i++) {
            double other = random.angle();
            if (shell.free(rest, other + Math.PI / 2) > shell.free(rest, yaw + Math.PI / 2)) {
                yaw = other;
            }
        }
        return stage(random, shell, rest, yaw, sway);
    }

    /** A third of all cameras are upright; the others are pitched and rolled. */
    static Stage stage(SceneRandom random, Shell shell, Vector rest, double yaw, double sway) {
        boolean upright = random.chance(0.35);
        double pitch = upright ? 0 : random.between(-0.5, 0.18);
        double roll = upright ? 0 : Math.max(-0.45, Math.min(0.45, random.normal(0.14)));
        CameraPath path =
                new CameraPath(
                        rest, yaw, pitch, roll, sway, random.between(0.03, 0.2), random.angle());
        Stage stage = new Stage(random, new Palette(random), Lens.random(random), path, shell);
        return stage;
    }

    /** Doors, windows and pictures. */
    static void decorate(Stage stage) {
        SceneRandom random = stage.random;
        Shell shell = stage.shell();
        int panels = random.count(1, 5);
        for (int i = 0; i < panels; i++) {
            double halfSpan = random.between(0.2, 0.7);
            double halfHeight = random.between(0.2, 0.5);
            double middle = random.between(1.2, Math.max(1.3, shell.height() - 0.7));
            shell.hang(
                    stage,
                    random.count(0, 3),
                    random.between(-1, 1),
                    middle,
                    halfSpan,
                    halfHeight,
                    stage.palette.pane());
        }
        if (random.chance(0.6)) {
            shell.hang(
                    stage,
                    random.count(0, 3),
                    random.between(-1, 1),
                    1,
                    0.45,
                    1,
                    stage.palette.wooden());
        }
    }

    /** A lamp below the ceiling or daylight from one side, and what walls and floor send back. */
    static Light light(Stage stage) {
        SceneRandom random = stage.random;
        Shell shell = stage.shell();
        boolean daylight = random.chance(0.3);
        double height =
                daylight ? random.between(1.2, 2) : shell.height() - random.between(0.1, 0.5);
        double reach = daylight ? 1 : 0.8;
        Vector position =
                shell.place(
                        random.between(-reach, reach) * (shell.halfWidth() - 0.3),
                        random.between(-reach, reach) * (shell.halfLength() - 0.3),
                        height);
        Vector fill =
                shell.place(
                        random.between(-0.8, 0.8) * shell.halfWidth(),
                        random.between(-0.8, 0.8) * shell.halfLength(),
                        random.between(1, shell.height()));
        if (!daylight && random.chance(0.6)) {
            stage.part(
                    random.chance(0.5) ? Solid.Shape.CYLINDER : Solid.Shape.ELLIPSOID,
                    new Vector(position.x(), position.y(), shell.height() - 0.06),
                    0,
                    new Vector(0, 0, 0),
                    new Vector(0.2, 0.2, 0.06),
                    stage.palette.lamp());
        }
        Colour warm = Colour.of(random.between(0.05, 0.15), random.between(0, 0.35), 1);
        Colour around = Colour.of(random.between(0, 1), random.between(0, 0.2), 1);
        double ambient = random.scaled(0.1, 0.5);
        return new Light(
                position,
                random.between(0.05, 0.4),
                warm.times(random.between(0.8, 1.8)),
                random.between(2, 6),
                fill,
                random.between(0, 0.45),
                around.times(ambient),
                around.times(ambient * random.between(0.4, 0.9)),
                random.chance(0.15) ? random.between(0.005, 0.03) : 0,
                Colour.WHITE.times(random.between(0.3, 0.7)),
                Colour.WHITE,
                0);
    }
}
