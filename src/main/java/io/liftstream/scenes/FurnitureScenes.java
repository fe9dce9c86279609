package io.liftstream.scenes;

/** Rooms furnished in groups: a table with its chairs, a sofa, a bed, shelves along the wall. */
final class FurnitureScenes implements SceneComposer {
    @Override
    public Scene compose(SceneRandom random) {
        Shell shell =
                new Shell(
                        random.between(2.2, 4),
                        random.between(2.2, 4.5),
                        random.between(2.3, 3.2),
                        random.angle());
        Stage stage = Interiors.enter(random, shell);
        shell.build(stage);
        Interiors.decorate(stage);
        Furniture furniture = new Furniture(stage);
        int groups = random.count(4, 8);
        for (int i = 0; i < groups; i++) {
            furniture.any(i == 0 ? 2.2 : 6);
        }
        return stage.scene(Interiors.light(stage));
    }
}
