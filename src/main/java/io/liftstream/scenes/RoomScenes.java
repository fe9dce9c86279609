package io.liftstream.scenes;

/** Rooms of any proportion with things standing about. */
final class RoomScenes implements SceneComposer {
    @Override
    public Scene compose(SceneRandom random) {
        Shell shell =
                new Shell(
                        random.between(1.4, 4),
                        random.between(1.4, 4.5),
                        random.between(2.2, 3.6),
                        random.angle());
        Stage stage = Interiors.enter(random, shell);
        shell.build(stage);
        Interiors.decorate(stage);
        Props props = new Props(stage);
        int near = random.count(1, 4);
        for (int i = 0; i < near; i++) {
            props.any(0.5, 1.8);
        }
        int others = random.count(4, 11);
        for (int i = 0; i < others; i++) {
            props.any(0.9, 7);
        }
        return stage.scene(Interiors.light(stage));
    }
}
