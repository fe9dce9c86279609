package io.liftstream.scenes;

import java.util.List;

/** Simple things that stand about: cabinets, crates, drums, balls, stacks, pillars, pedestals. */
final class Props {
    private static final List<Solid.Shape> SHAPES =
            List.of(Solid.Shape.BOX, Solid.Shape.BOX, Solid.Shape.CYLINDER, Solid.Shape.ELLIPSOID);

    private final Stage stage;
    private final SceneRandom random;

    Props(Stage stage) {
        this.stage = stage;
        this.random = stage.random;
    }

    /** One thing of any kind in view, if there is room for it. */
    void any(double nearest, double farthest) {
        double size = random.scaled(0.12, 0.6);
        Vector spot = stage.spot(size * 1.2, nearest, farthest);
        if (spot == null) {
            return;
        }
        switch (random.count(0, 5)) {
            case 0 -> cabinet(spot, size);
            case 1 -> pedestal(spot, size);
            case 2 -> stack(spot, size);
            case 3 -> ball(spot, size);
            case 4 -> pillar(spot, Math.min(size, 0.35));
            default -> crate(spot, size);
        }
    }

    private void crate(Vector spot, double size) {
        Vector half =
                new Vector(
                        size * random.between(0.6, 1),
                        size * random.between(0.6, 1),
                        size * random.between(0.4, 1.2));
        stage.box(spot, stage.heading(), new Vector(0, 0, half.z()), half, stage.palette.thing());
    }

    private void cabinet(Vector spot, double size) {
        double yaw = stage.heading();
        double half = random.between(0.35, Math.min(1.1, stage.shell().height() / 2 - 0.1));
        Vector body = new Vector(size, size * random.between(0.4, 0.8), half);
        stage.box(spot, yaw, new Vector(0, 0, half), body, stage.palette.thing());
        Surface front = stage.palette.thing();
        int doors = random.count(1, 3);
        for (int i = 0; i < doors; i++) {
            double middle = half * (2 * i + 1) / doors;
            stage.box(
                    spot,
                    yaw,
                    new Vector(0, -body.y(), middle),
                    new Vector(size * 0.9, 0.015, half / doors * 0.9),
                    front);
        }
    }

    private void pedestal(Vector spot, double size) {
        double height = random.between(0.2, 0.6);
        double foot = size * random.between(0.5, 0.9);
        Solid.Shape shape = random.chance(0.5) ? Solid.Shape.BOX : Solid.Shape.CYLINDER;
        double yaw = stage.heading();
        stage.part(
                shape,
                spot,
                yaw,
                new Vector(0, 0, height),
                new Vector(foot, foot, height),
                stage.palette.thing());
        top(spot, yaw, 2 * height, foot * random.between(0.4, 0.9));
    }

    private void stack(Vector spot, double size) {
        double base = 0;
        double width = size;
        int layers = random.count(2, 4);
        for (int i = 0; i < layers; i++) {
            double half = random.between(0.08, 0.3);
            stage.box(
                    spot,
                    stage.heading(),
                    new Vector(0, 0, base + half),
                    new Vector(width, width * random.between(0.6, 1), half),
                    stage.palette.thing());
            base += 2 * half;
            width *= random.between(0.6, 0.95);
        }
        if (random.chance(0.5)) {
            top(spot, 0, base, width * 0.7);
        }
    }

    private void ball(Vector spot, double size) {
        double squash = random.chance(0.6) ? 1 : random.between(0.5, 1.6);
        stage.part(
                Solid.Shape.ELLIPSOID,
                spot,
                random.angle(),
                new Vector(0, 0, size * squash),
                new Vector(size, size, size * squash),
                stage.palette.thing());
    }

    private void pillar(Vector spot, double size) {
        double half =
                random.chance(0.3)
                        ? stage.shell().height() / 2
                        : random.between(0.3, Math.min(1.2, stage.shell().height() / 2));
        stage.part(
                random.chance(0.7) ? Solid.Shape.CYLINDER : Solid.Shape.BOX,
                spot,
                stage.heading(),
                new Vector(0, 0, half),
                new Vector(size, size, half),
                stage.palette.thing());
    }

    private void top(Vector spot, double yaw, double base, double size) {
        double half = size * random.between(0.5, 1.3);
        stage.part(
                random.pick(SHAPES),
                spot,
                yaw + random.between(-0.5, 0.5),
                new Vector(0, 0, base + half),
                new Vector(size, size, half),
                stage.palette.thing());
    }
}
