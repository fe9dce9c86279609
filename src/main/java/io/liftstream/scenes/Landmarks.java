package io.liftstream.scenes;

/** What stands out of doors. */
final class Landmarks {
    private final Stage stage;
    private final SceneRandom random;

    Landmarks(Stage stage) {
        this.stage = stage;
        this.random = stage.random;
    }

    /** Buildings at some distance. */
    void skyline(int count) {
        for (int i = 0; i < count; i++) {
            double half = random.between(2.5, 8);
            Vector spot = stage.spot(half * 1.2, 6, 70);
            if (spot != null) {
                building(spot, half);
            }
        }
    }

    /** One thing of any kind in view, if there is room for it. */
    void any(double nearest, double farthest) {
        switch (random.count(0, 6)) {
            case 0 -> place(0.6, nearest, farthest, this::tree);
            case 1 -> place(1.9, nearest, farthest, this::vehicle);
            case 2 -> place(0.6, nearest, farthest, this::rock);
            case 3 -> place(1.6, nearest, farthest, this::wall);
            case 4 -> place(0.3, nearest, farthest, this::post);
            case 5 -> place(0.9, nearest, farthest, this::bush);
            default -> new Props(stage).any(nearest, farthest);
        }
    }

    private interface Piece {
        void at(Vector spot);
    }

    private void place(double radius, double nearest, double farthest, Piece piece) {
        Vector spot = stage.spot(radius, nearest, farthest);
        if (spot != null) {
            piece.at(spot);
        }
    }

    private void building(Vector spot, double half) {
        double yaw = stage.heading();
        double height = random.scaled(1.5, 8);
        Surface masonry = stage.palette.masonry();
        stage.box(
                spot,
                yaw,
                new Vector(0, 0, height),
                new Vector(half, half * random.between(0.5, 0.9), height),
                masonry);
        if (random.chance(0.5)) {
            stage.box(
                    spot,
                    yaw,
                    new Vector(0, 0, 2 * height),
                    new Vector(half * 1.05, half * 0.95, 0.2),
                    stage.palette.stone());
        }
    }

    private void tree(Vector spot) {
        double height = random.between(1.5, 4);
        double thick = random.between(0.06, 0.25);
        stage.part(
                Solid.Shape.CYLINDER,
                spot,
                0,
                new Vector(0, 0, height / 2),
                new Vector(thick, thick, height / 2),
                stage.palette.bark());
        Surface leaves = stage.palette.leaves();
        int crowns = random.count(1, 4);
        for (int i = 0; i < crowns; i++) {
            double size = random.between(0.5, 1.4);
            stage.part(
                    Solid.Shape.ELLIPSOID,
                    spot,
                    random.angle(),
                    new Vector(
                            random.normal(0.4),
                            random.normal(0.4),
                            height + random.between(-0.3, 0.9)),
                    new Vector(
                            size, size * random.between(0.7, 1), size * random.between(0.6, 1.3)),
                    leaves);
        }
    }

    private void vehicle(Vector spot) {
        double yaw = stage.heading();
        double gloss = random.between(0.1, 0.6);
        Surface paint =
                stage.palette.plain(
                        random.between(0, 1),
                        random.between(0, 0.9),
                        random.between(0.05, 0.9),
                        gloss);
        Surface glass = stage.palette.plain(0.6, 0.3, 0.06, 0.6);
        Surface tyre = stage.palette.plain(0, 0, 0.03, 0);
        double length = random.between(1.5, 2.3);
        double cabin = random.chance(0.3) ? 0.95 : 0.55;
        stage.box(spot, yaw, new Vector(0, 0, 0.6), new Vector(0.85, length, 0.35), paint);
        stage.box(
                spot,
                yaw,
                new Vector(0, -0.15 * length, 1.2),
                new Vector(0.75, length * cabin, 0.28),
                glass);
        stage.box(
                spot,
                yaw,
                new Vector(0, -0.15 * length, 1.47),
                new Vector(0.76, length * cabin, 0.04),
                paint);
        Rotation axle = Rotation.of(yaw + Math.PI / 2, Math.PI / 2, 0);
        for (int i = 0; i < 4; i++) {
            Vector offset =
                    new Vector(
                            (i & 1) == 0 ? 0.8 : -0.8,
                            ((i & 2) == 0 ? 0.62 : -0.62) * length,
                            0.32);
            stage.add(
                    new Solid(
                            Solid.Shape.CYLINDER,
                            spot.plus(Rotation.yaw(yaw).undo(offset)),
                            new Vector(0.32, 0.32, 0.12),
                            axle,
                            tyre));
        }
    }

    private void rock(Vector spot) {
        double size = random.scaled(0.2, 0.6);
        Surface stone = stage.palette.stone();
        int lumps = random.count(1, 3);
        for (int i = 0; i < lumps; i++) {
            double part = size * random.between(0.5, 1);
            stage.part(
                    Solid.Shape.ELLIPSOID,
                    spot,
                    random.angle(),
                    new Vector(random.normal(0.3 * size), random.normal(0.3 * size), part * 0.4),
                    new Vector(part, part * random.between(0.6, 1), part * random.between(0.5, 1)),
                    stone);
        }
    }

    private void wall(Vector spot) {
        double half = random.between(0.3, 1.1);
        stage.box(
                spot,
                stage.heading(),
                new Vector(0, 0, half),
                new Vector(random.between(0.6, 1.6), random.between(0.05, 0.2), half),
                random.chance(0.5) ? stage.palette.masonry() : stage.palette.wooden());
    }

    private void post(Vector spot) {
        double half = random.scaled(0.4, 3);
        double thick = random.between(0.03, 0.14);
        stage.part(
                Solid.Shape.CYLINDER,
                spot,
                0,
                new Vector(0, 0, half),
                new Vector(thick, thick, half),
                stage.palette.thing());
        if (random.chance(0.5)) {
            stage.box(
                    spot,
                    random.angle(),
                    new Vector(0, thick, 2 * half),
                    new Vector(random.between(0.2, 0.5), 0.02, random.between(0.15, 0.4)),
                    stage.palette.thing());
        }
    }

    private void bush(Vector spot) {
        Surface leaves = stage.palette.leaves();
        int parts = random.count(1, 3);
        for (int i = 0; i < parts; i++) {
            double size = random.between(0.3, 0.8);
            stage.part(
                    Solid.Shape.ELLIPSOID,
                    spot,
                    random.angle(),
                    new Vector(random.normal(0.3), random.normal(0.3), size * 0.6),
                    new Vector(size, size, size * random.between(0.6, 1)),
                    leaves);
        }
    }
}
