package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RenderedCameraTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameBytesInAnyOrderOfAsking(SceneFamily family) {
        RenderedCamera first = camera(5, 0, family);
        RenderedFrame early = first.frame(0);
        RenderedFrame late = first.frame(40);
        RenderedCamera second = camera(5, 0, family);

        assertThat(second.frame(40).rgb()).isEqualTo(late.rgb());
        assertThat(second.frame(40).depthMetres()).isEqualTo(late.depthMetres());
        assertThat(second.frame(0).rgb()).isEqualTo(early.rgb());
        assertThat(second.frame(0).intrinsics()).isEqualTo(early.intrinsics());
    }

    @ParameterizedTest
    @EnumSource
    void otherSeedsAndOtherCamerasSeeOtherScenes(SceneFamily family) {
        float[] depth = camera(5, 0, family).frame(0).depthMetres();

        assertThat(camera(6, 0, family).frame(0).depthMetres()).isNotEqualTo(depth);
        assertThat(camera(5, 1, family).frame(0).depthMetres()).isNotEqualTo(depth);
    }

    @ParameterizedTest
    @EnumSource
    void theCameraMovesSmoothly(SceneFamily family) {
        RenderedCamera camera = camera(3, 2, family);
        double step = change(camera.frame(10), camera.frame(11));
        double leap = change(camera.frame(10), camera.frame(35));

        assertThat(step).isGreaterThan(0).isLessThan(leap);
    }

    @ParameterizedTest
    @EnumSource
    void everyDepthIsPositiveAndNothingTouchesTheLens(SceneFamily family) {
        for (int index = 0; index < 10; index++) {
            for (float depth : camera(11, index, family).frame(0).depthMetres()) {
                assertThat(depth).isGreaterThan(0.15f);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void picturesUseTheRangeOfTones(SceneFamily family) {
        for (int index = 0; index < 10; index++) {
            byte[] rgb = camera(12, index, family).frame(0).rgb();
            double sum = 0;
            double squares = 0;
            for (byte value : rgb) {
                sum += value & 0xff;
                squares += (value & 0xff) * (double) (value & 0xff);
            }
            double mean = sum / rgb.length;
            assertThat(mean).isBetween(40.0, 215.0);
            assertThat(Math.sqrt(squares / rgb.length - mean * mean)).isGreaterThan(10);
        }
    }

    @Test
    void onlyTheOpenSkyIsInfinitelyFar() {
        assertThat(skies(SceneFamily.OUTDOOR)).isPositive();
        assertThat(skies(SceneFamily.ROOM)).isZero();
        assertThat(skies(SceneFamily.FURNITURE)).isZero();
    }

    @Test
    void aSizeOutOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> RenderedCamera.of(1, 0, SceneFamily.ROOM, 8, 48))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width is 8: a rendered picture has 16 to 4096 pixels a side");
        assertThatThrownBy(() -> RenderedCamera.of(1, 0, SceneFamily.ROOM, 64, 5000))
                .hasMessageContaining("height is 5000");
    }

    private static RenderedCamera camera(long seed, int index, SceneFamily family) {
        return RenderedCamera.of(seed, index, family, WIDTH, HEIGHT);
    }

    private static double change(RenderedFrame from, RenderedFrame to) {
        double sum = 0;
        for (int i = 0; i < from.depthMetres().length; i++) {
            sum += Math.abs(1 / from.depthMetres()[i] - 1 / to.depthMetres()[i]);
        }
        return sum / from.depthMetres().length;
    }

    private static int skies(SceneFamily family) {
        int pixels = 0;
        for (int index = 0; index < 8; index++) {
            for (float depth : camera(21, index, family).frame(0).depthMetres()) {
                pixels += Float.isInfinite(depth) ? 1 : 0;
            }
        }
        return pixels;
    }
}
