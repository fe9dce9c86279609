package io.liftstream.scenes;

import java.util.List;

/** The kinds of place that are rendered. */
public enum SceneFamily {
    /** A room of any proportion, seen from inside, with cabinets, crates, balls and drums in it. */
    ROOM(true),
    /** Open ground under the sky with buildings, trees, vehicles, walls and rocks. */
    OUTDOOR(true),
    /** Solids in any position, also in the air, before a floor and a wall. */
    CLUTTER(true),
    /** A long narrow hall with doors, pillars and pipes. Held out: never trained on. */
    CORRIDOR(false),
    /** A room with tables, chairs, sofas, beds and shelves. Held out: never trained on. */
    FURNITURE(false);

    private final boolean trained;

    SceneFamily(boolean trained) {
        this.trained = trained;
    }

    /**
     * {@return whether the bundled model saw scenes of this family (with other seeds) in its
     * training}
     */
    public boolean trained() {
        return trained;
    }

    /** {@return the families that the bundled model is trained on} */
    public static List<SceneFamily> trainedFamilies() {
        return List.of(values()).stream().filter(SceneFamily::trained).toList();
    }
}
