package io.liftstream.scenes;

/** Builds the scenes of one family. */
interface SceneComposer {
    /** A new scene, decided by the dice alone. */
    Scene compose(SceneRandom random);

    static SceneComposer of(SceneFamily family) {
        return switch (family) {
            case ROOM -> new RoomScenes();
            case OUTDOOR -> new OutdoorScenes();
            case CLUTTER -> new ClutterScenes();
            case CORRIDOR -> new CorridorScenes();
            case FURNITURE -> new FurnitureScenes();
        };
    }
}
