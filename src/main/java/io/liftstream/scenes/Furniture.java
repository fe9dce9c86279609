package io.liftstream.scenes;

/** Pieces of furniture, each put together from boxes, rods and cushions in life size. */
final class Furniture {
    private final Stage stage;
    private final SceneRandom random;

    Furniture(Stage stage) {
        this.stage = stage;
        this.random = stage.random;
    }

    /** One piece or group in view, if there is room for it. */
    void any(double farthest) {
        switch (random.count(0, 5)) {
            case 0 -> place(0.9, farthest, this::diningGroup);
            case 1 -> place(0.85, farthest, this::sofa);
            case 2 -> place(0.5, farthest, this::shelf);
            case 3 -> place(1.0, farthest, this::bed);
            case 4 -> place(0.3, farthest, this::floorLamp);
            default -> place(0.35, farthest, spot -> chair(spot, stage.heading()));
        }
    }

    private interface Piece {
        void at(Vector spot);
    }

    private void place(double radius, double farthest, Piece piece) {
        Vector spot = stage.spot(radius, 0.6, farthest);
        if (spot != null) {
            piece.at(spot);
        }
    }

    private void diningGroup(Vector spot) {
        double yaw = stage.heading();
        double width = random.between(0.4, 0.65);
        double depth = random.between(0.35, 0.5);
        table(spot, yaw, width, depth);
        int chairs = random.count(1, 4);
        for (int i = 0; i < chairs; i++) {
            double side = yaw + i * Math.PI / 2;
            double away = (i % 2 == 0 ? depth : width) + random.between(0.1, 0.25);
            Vector place = spot.plus(Rotation.yaw(side).ahead().times(-away));
            chair(place, side + random.between(-0.2, 0.2));
        }
    }

    private void table(Vector spot, double yaw, double width, double depth) {
        Surface wood = stage.palette.wooden();
        double height = random.between(0.68, 0.78);
        stage.box(spot, yaw, new Vector(0, 0, height), new Vector(width, depth, 0.02), wood);
        legs(spot, yaw, width - 0.05, depth - 0.05, height, wood);
        int things = random.count(0, 3);
        for (int i = 0; i < things; i++) {
            double half = random.between(0.04, 0.14);
            double size = random.between(0.03, 0.1);
            stage.part(
                    random.chance(0.5) ? Solid.Shape.CYLINDER : Solid.Shape.BOX,
                    spot,
                    yaw,
                    new Vector(
                            random.between(-0.8, 0.8) * width,
                            random.between(-0.8, 0.8) * depth,
                            height + 0.02 + half),
                    new Vector(size, size, half),
                    stage.palette.thing());
        }
    }

    private void legs(
            Vector spot, double yaw, double width, double depth, double height, Surface wood) {
        double thick = random.between(0.018, 0.035);
        for (int i = 0; i < 4; i++) {
            double x = (i & 1) == 0 ? width : -width;
            double y = (i & 2) == 0 ? depth : -depth;
            stage.box(
                    spot,
                    yaw,
                    new Vector(x, y, height / 2),
                    new Vector(thick, thick, height / 2),
                    wood);
        }
    }

    private void chair(Vector spot, double yaw) {
        Surface wood = stage.palette.wooden();
        Surface seat = random.chance(0.5) ? wood : stage.palette.cloth();
        stage.box(spot, yaw, new Vector(0, 0, 0.45), new Vector(0.21, 0.21, 0.025), seat);
        legs(spot, yaw, 0.19, 0.19, 0.44, wood);
        stage.box(spot, yaw, new Vector(0, -0.2, 0.72), new Vector(0.2, 0.02, 0.2), seat);
    }

    private void sofa(Vector spot) {
        double yaw = stage.heading();
        double width = random.between(0.45, 1);
        Surface cloth = stage.palette.cloth();
        stage.box(spot, yaw, new Vector(0, 0, 0.22), new Vector(width, 0.42, 0.2), cloth);
        stage.box(spot, yaw, new Vector(0, -0.36, 0.55), new Vector(width, 0.12, 0.3), cloth);
        for (int side = -1; side <= 1; side += 2) {
            stage.box(
                    spot,
                    yaw,
                    new Vector(side * (width + 0.08), 0, 0.32),
                    new Vector(0.09, 0.42, 0.3),
                    cloth);
        }
        int cushions = random.count(0, 2);
        for (int i = 0; i < cushions; i++) {
            stage.part(
                    Solid.Shape.ELLIPSOID,
                    spot,
                    yaw,
                    new Vector(width * random.between(-0.7, 0.7), -0.12, 0.56),
                    new Vector(0.2, 0.1, 0.18),
                    stage.palette.cloth());
        }
    }

    private void shelf(Vector spot) {
        double yaw = stage.heading();
        Surface wood = stage.palette.wooden();
        double width = random.between(0.3, 0.5);
        double height = random.between(0.9, 2);
        int boards = random.count(3, 5);
        for (int side = -1; side <= 1; side += 2) {
            stage.box(
                    spot,
                    yaw,
                    new Vector(side * width, 0, height / 2),
                    new Vector(0.02, 0.15, height / 2),
                    wood);
        }
        stage.box(
                spot,
                yaw,
                new Vector(0, -0.15, height / 2),
                new Vector(width, 0.01, height / 2),
                wood);
        for (int i = 0; i <= boards; i++) {
            double level = height * i / boards + 0.02;
            stage.box(spot, yaw, new Vector(0, 0, level), new Vector(width, 0.15, 0.015), wood);
            if (i < boards) {
                books(spot, yaw, width, level, height / boards);
            }
        }
    }

    private void books(Vector spot, double yaw, double width, double level, double room) {
        double half = room * random.between(0.25, 0.4);
        double span = width * random.between(0.3, 0.9);
        stage.box(
                spot,
                yaw,
                new Vector((width - span) * random.between(-0.9, 0.9), 0, level + half + 0.015),
                new Vector(span, 0.1, half),
                stage.palette.thing());
    }

    private void bed(Vector spot) {
        double yaw = stage.heading();
        double width = random.between(0.45, 0.8);
        stage.box(
                spot,
                yaw,
                new Vector(0, 0, 0.17),
                new Vector(width, 0.98, 0.15),
                stage.palette.wooden());
        stage.box(
                spot,
                yaw,
                new Vector(0, 0, 0.42),
                new Vector(width - 0.03, 0.95, 0.1),
                stage.palette.cloth());
        stage.box(
                spot,
                yaw,
                new Vector(0, -1, 0.5),
                new Vector(width, 0.03, 0.5),
                stage.palette.wooden());
        stage.part(
                Solid.Shape.ELLIPSOID,
                spot,
                yaw,
                new Vector(0, -0.7, 0.55),
                new Vector(width * 0.6, 0.2, 0.09),
                stage.palette.cloth());
    }

    private void floorLamp(Vector spot) {
        Surface metal = stage.palette.thing();
        double height = random.between(1.2, 1.7);
        stage.part(
                Solid.Shape.CYLINDER,
                spot,
                0,
                new Vector(0, 0, 0.02),
                new Vector(0.16, 0.16, 0.02),
                metal);
        stage.part(
                Solid.Shape.CYLINDER,
                spot,
                0,
                new Vector(0, 0, height / 2),
                new Vector(0.015, 0.015, height / 2),
                metal);
        stage.part(
                Solid.Shape.CYLINDER,
                spot,
                0,
                new Vector(0, 0, height),
                new Vector(0.2, 0.2, 0.14),
                random.chance(0.5) ? stage.palette.lamp() : stage.palette.cloth());
    }
}
