package io.liftstream.scenes;

import io.liftstream.frame.Intrinsics;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps only scenes that are worth looking at: at least three objects in view that cover a quarter
 * of the picture, and nothing so close that it hides all else.
 */
final class SceneChoice {
    private static final int TRIES = 16;
    private static final int COLUMNS = 32;
    private static final int ROWS = 24;
    private static final int OBJECTS = 3;
    private static final double COVERED = 0.25;
    private static final double MAX_SHARE = 0.6;
    private static final double NEAREST = 0.35;

    private SceneChoice() {}

    /** The first good scene of a seed, or the best of {@value #TRIES}. */
    static Scene compose(long seed, SceneFamily family) {
        SceneComposer composer = SceneComposer.of(family);
        Scene best = null;
        double bestScore = -1;
        for (int attempt = 0; attempt < TRIES && bestScore < 1; attempt++) {
            Scene scene = composer.compose(new SceneRandom(SceneRandom.mix(seed, attempt)));
            double score = score(scene);
            if (score > bestScore) {
                best = scene;
                bestScore = score;
            }
        }
        return best;
    }

    /** 1 for a good scene, less for a poor one. */
    private static double score(Scene scene) {
        Intrinsics small = scene.lens().intrinsics(COLUMNS, ROWS);
        View view =
                new View(
                        scene.path().position(0),
                        scene.path().orientation(0),
                        COLUMNS,
                        ROWS,
                        small);
        Visibility visibility = Visibility.of(scene.solids(), view);
        Map<Integer, Integer> pixels = new HashMap<>();
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < visibility.body.length; i++) {
            int body = visibility.body[i];
            nearest = Math.min(nearest, visibility.depth[i]);
            if (body != Visibility.SKY && !scene.solids().get(body).shell) {
                pixels.merge(body, 1, Integer::sum);
            }
        }
        double all = COLUMNS * ROWS;
        double covered = pixels.values().stream().mapToInt(Integer::intValue).sum() / all;
        double largest = pixels.values().stream().mapToInt(Integer::intValue).max().orElse(0) / all;
        long objects = pixels.values().stream().filter(count -> count > all / 100).count();
        return Math.min(1, objects / (double) OBJECTS)
                * Math.min(1, covered / COVERED)
                * Math.min(1, MAX_SHARE / Math.max(MAX_SHARE, largest))
                * Math.min(1, nearest / NEAREST);
    }
}
