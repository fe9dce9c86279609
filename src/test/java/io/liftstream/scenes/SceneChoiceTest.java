package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Intrinsics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneChoiceTest {
    private static final int SCENES = 40;

    @ParameterizedTest
    @EnumSource
    void nearlyEverySceneShowsThreeObjectsOnAQuarterOfThePicture(SceneFamily family) {
        int good = 0;
        for (int seed = 0; seed < SCENES; seed++) {
            good += showsEnough(SceneChoice.compose(1000 + seed, family)) ? 1 : 0;
        }
        assertThat(good).isGreaterThanOrEqualTo(SCENES * 9 / 10);
    }

    @Test
    void aThirdOfTheCamerasStandUprightAndTheOthersDoNot() {
        int upright = 0;
        for (int seed = 0; seed < 300; seed++) {
            CameraPath path = SceneChoice.compose(seed, SceneFamily.ROOM).path();
            upright += path.roll() == 0 && path.pitch() == 0 ? 1 : 0;
        }
        assertThat(upright / 300.0).isBetween(0.25, 0.45);
    }

    private static boolean showsEnough(Scene scene) {
        Intrinsics lens = scene.lens().intrinsics(64, 48);
        View view = new View(scene.path().position(0), scene.path().orientation(0), 64, 48, lens);
        Visibility seen = Visibility.of(scene.solids(), view);
        Map<Integer, Integer> pixels = new HashMap<>();
        for (int body : seen.body) {
            if (body != Visibility.SKY && !scene.solids().get(body).shell) {
                pixels.merge(body, 1, Integer::sum);
            }
        }
        int covered = pixels.values().stream().mapToInt(Integer::intValue).sum();
        // The choice is made on a coarser grid, so allow its rounding.
        return pixels.size() >= 3 && covered > 0.22 * seen.body.length;
    }
}
