package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Intrinsics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ball in the air over a floor, lit from straight above, seen from above at a slant. */
class ShadowsTest {
    private static final int SIZE = 64;
    private static final Surface GREY =
            new Surface(Texture.PLAIN, Colour.WHITE, Colour.WHITE, 1, 0, 0, 0, 0);
    private static final Vector EYE = new Vector(0, -4, 3);

    @Test
    void thePointUnderTheBallIsDarkAndTheFloorFarFromItIsLit() {
        Shadows shadows = shadows(0.05, 1);

        assertThat(shadows.direct[pixel(new Vector(0, 0, 0))]).isZero();
        assertThat(shadows.direct[pixel(new Vector(1.2, 0, 0))]).isEqualTo(1);
    }

    @Test
    void aLargerLampThrowsASofterShadow() {
        assertThat(halfLit(shadows(0.6, 2.5))).isGreaterThan(halfLit(shadows(0.05, 2.5)) * 3 / 2);
    }

    @Test
    void aBallCloseToTheFloorDarkensItAllAround() {
        int beside = pixel(new Vector(0.45, 0, 0));

        assertThat(shadows(0.05, 0.41).around[beside]).isLessThan(0.9f);
        assertThat(shadows(0.05, 2).around[beside]).isEqualTo(1);
    }

    /** Pixels of the floor in the soft rim of the shadow; the ball's own dark side is not meant. */
    private static int halfLit(Shadows shadows) {
        int count = 0;
        for (int row = SIZE / 2; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                float light = shadows.direct[row * SIZE + column];
                count += light > 0.05 && light < 0.95 ? 1 : 0;
            }
        }
        return count;
    }

    private static Shadows shadows(double lamp, double ballHeight) {
        Solid floor =
                Solid.shell(
                        Solid.Shape.BOX,
                        new Vector(0, 0, -1),
                        new Vector(20, 20, 1),
                        Rotation.NONE,
                        GREY);
        Solid ball =
                new Solid(
                        Solid.Shape.ELLIPSOID,
                        new Vector(0, 0, ballHeight),
                        new Vector(0.4, 0.4, 0.4),
                        Rotation.NONE,
                        GREY);
        Light light =
                new Light(
                        new Vector(0, 0, 6),
                        lamp,
                        Colour.WHITE,
                        5,
                        new Vector(0, 0, 6),
                        0,
                        Colour.WHITE,
                        Colour.WHITE,
                        0,
                        Colour.WHITE,
                        Colour.WHITE,
                        0);
        Scene scene = new Scene(List.of(floor, ball), light, null, null);
        return Shadows.of(scene, view(), Visibility.of(scene.solids(), view()));
    }

    private static View view() {
        return new View(
                EYE,
                Rotation.of(0, -Math.atan2(3, 4), 0),
                SIZE,
                SIZE,
                new Intrinsics(60, 60, 31.5, 31.5));
    }

    private static int pixel(Vector point) {
        Vector seen = view().seen(point);
        int column = (int) Math.round(seen.x() / seen.z() * 60 + 31.5);
        int row = (int) Math.round(seen.y() / seen.z() * 60 + 31.5);
        return row * SIZE + column;
    }
}
