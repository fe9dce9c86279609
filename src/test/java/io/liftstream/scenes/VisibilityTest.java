package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Intrinsics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Depth against formulas worked out by hand, and against the plain way to find it. */
class VisibilityTest {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 40;
    private static final Intrinsics LENS = new Intrinsics(50, 50, 29.5, 19.5);
    private static final Surface GREY =
            new Surface(Texture.PLAIN, Colour.WHITE, Colour.WHITE, 1, 0, 0, 0, 0);

    @Test
    void theGroundsDepthIsHeightOverSlope() {
        Solid ground =
                Solid.shell(
                        Solid.Shape.BOX,
                        new Vector(0, 0, -1),
                        new Vector(900, 900, 1),
                        Rotation.NONE,
                        GREY);
        Visibility seen =
                Visibility.of(List.of(ground), view(new Vector(0, 0, 1.5), Rotation.NONE));

        for (int row = 25; row < HEIGHT; row++) {
            double expected = 1.5 / ((row - 19.5) / 50);
            assertThat(seen.depth[row * WIDTH + 7]).isCloseTo(expected, within(1e-9));
        }
        assertThat(seen.depth[10 * WIDTH + 7]).isInfinite();
    }

    @Test
    void aWallAcrossTheViewHasOneDepthAlthoughItsRaysDiffer() {
        Solid wall =
                new Solid(
                        Solid.Shape.BOX,
                        new Vector(0, 5, 0),
                        new Vector(50, 1, 50),
                        Rotation.NONE,
                        GREY);

        Visibility seen = Visibility.of(List.of(wall), view(new Vector(0, 0, 0), Rotation.NONE));

        for (double depth : seen.depth) {
            assertThat(depth).isCloseTo(4, within(1e-9));
        }
    }

    @Test
    void aBallIsNearestInItsMiddleAndMissedBesideIt() {
        Solid ball =
                new Solid(
                        Solid.Shape.ELLIPSOID,
                        new Vector(0, 4, 0),
                        new Vector(1, 1, 1),
                        Rotation.NONE,
                        GREY);
        Intrinsics centred = new Intrinsics(50, 50, 30, 20);
        View view = new View(new Vector(0, 0, 0), Rotation.NONE, WIDTH, HEIGHT, centred);

        Visibility seen = Visibility.of(List.of(ball), view);

        assertThat(seen.depth[20 * WIDTH + 30]).isCloseTo(3, within(1e-9));
        // The outline is a cone of slope 1 / sqrt(15): 12.9 pixels.
        assertThat(seen.depth[20 * WIDTH + 42]).isFinite();
        assertThat(seen.depth[20 * WIDTH + 43]).isInfinite();
    }

    @Test
    void aTurnedDrumShowsItsEnd() {
        Solid drum =
                new Solid(
                        Solid.Shape.CYLINDER,
                        new Vector(0, 6, 0),
                        new Vector(1, 1, 2),
                        Rotation.of(0, -Math.PI / 2, 0),
                        GREY);
        Intrinsics centred = new Intrinsics(50, 50, 30, 20);
        View view = new View(new Vector(0, 0, 0), Rotation.NONE, WIDTH, HEIGHT, centred);

        Visibility seen = Visibility.of(List.of(drum), view);

        assertThat(seen.depth[20 * WIDTH + 30]).isCloseTo(4, within(1e-9));
        assertThat(seen.depth[28 * WIDTH + 34]).isCloseTo(4, within(1e-9));
    }

    @Test
    void pitchRaisesTheViewAndRollLeansItToTheRight() {
        View raised = view(new Vector(0, 0, 0), Rotation.of(0, 0.3, 0));
        View leant = view(new Vector(0, 0, 0), Rotation.of(0, 0, 0.3));

        assertThat(raised.seen(new Vector(0, 10, 0)).y()).isPositive();
        assertThat(leant.seen(new Vector(0, 10, 5)).x()).isNegative();
        assertThat(leant.seen(new Vector(0, 10, 0)).z()).isCloseTo(10, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void theRectangleOfABodyNeverCutsItOff(SceneFamily family) {
        for (int seed = 0; seed < 6; seed++) {
            Scene scene = SceneChoice.compose(seed, family);
            View view = View.of(scene, 3, WIDTH, HEIGHT);
            Visibility seen = Visibility.of(scene.solids(), view);
            for (int row = 0; row < HEIGHT; row++) {
                for (int column = 0; column < WIDTH; column++) {
                    assertThat(seen.depth[row * WIDTH + column])
                            .isCloseTo(plainly(scene, view, column, row), within(1e-9));
                }
            }
        }
    }

    private static double plainly(Scene scene, View view, int column, int row) {
        Vector ray =
                view.turned()
                        .ahead()
                        .plus(view.turned().right().times(view.slopeX(column)))
                        .plus(view.down().times(view.slopeY(row)));
        double nearest = Double.POSITIVE_INFINITY;
        for (Solid solid : scene.solids()) {
            Vector from = solid.unitPoint(view.position());
            Vector way = solid.unitDirection(ray);
            nearest =
                    Math.min(
                            nearest,
                            Solid.meet(
                                    solid.shape,
                                    from.x(),
                                    from.y(),
                                    from.z(),
                                    way.x(),
                                    way.y(),
                                    way.z()));
        }
        return nearest;
    }

    private static View view(Vector position, Rotation turned) {
        return new View(position, turned, WIDTH, HEIGHT, LENS);
    }
}
