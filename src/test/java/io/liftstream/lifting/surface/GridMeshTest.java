package io.liftstream.lifting.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.calibration.Rays;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridMeshTest {
    private static final int WIDTH = 161;
    private static final int HEIGHT = 121;
    private static final Rays RAYS = Rays.ofPinhole(new Intrinsics(130, 130, 80, 60));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void noTriangleSpansAStepAndAllElseIsCovered(int step) {
        float[] metres = new float[WIDTH * HEIGHT];
        for (int i = 0; i < metres.length; i++) {
            metres[i] = i % WIDTH < 70 ? 1.2f : 3.4f;
        }
        SurfaceMesh mesh = mesh(metres, step);
        int spanning = 0;
        for (int i = 0; i < mesh.triangles().length; i += 3) {
            float a = z(mesh, i);
            spanning += a == z(mesh, i + 1) && a == z(mesh, i + 2) ? 0 : 1;
        }
        assertThat(spanning).isZero();
        int squares = (WIDTH - 1) / step * ((HEIGHT - 1) / step);
        assertThat(mesh.triangleCount()).isEqualTo(2 * (squares - (HEIGHT - 1) / step));
    }

    @Test
    void aPlaneIsFlatAndItsTrianglesFaceTheCamera() {
        float[] metres = new float[WIDTH * HEIGHT];
        for (int i = 0; i < metres.length; i++) {
            // 0.3 x - 0.2 y + z = 3
            metres[i] =
                    (float)
                            (3
                                    / (0.3 * RAYS.x(i % WIDTH, i / WIDTH)
                                            - 0.2 * RAYS.y(i % WIDTH, i / WIDTH)
                                            + 1));
        }
        SurfaceMesh mesh = mesh(metres, 2);
        for (int i = 0; i < mesh.vertexCount(); i++) {
            float[] p = mesh.positions();
            assertThat(0.3f * p[3 * i] - 0.2f * p[3 * i + 1] + p[3 * i + 2])
                    .isCloseTo(3, within(1e-5f));
        }
        for (int i = 0; i < mesh.triangles().length; i += 3) {
            // Seen from the camera, with y down, counter-clockwise has its normal towards it.
            assertThat(towardsCamera(mesh, i)).isPositive();
        }
        assertThat(mesh.pixels()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatIsSeenFromTheSideIsLeftOut() {
        float[] metres = new float[WIDTH * HEIGHT];
        for (int i = 0; i < metres.length; i++) {
            // A floor 0.1 m below the camera: at 2 m it is seen at less than 3 degrees.
            int below = i / WIDTH - 60;
            metres[i] = below > 0 ? 13f / below : 0;
        }
        float farthest = 0;
        SurfaceMesh floor =
                GridMesh.of(
                        metres,
                        WIDTH,
                        HEIGHT,
                        RAYS,
                        Axes.OPTICAL,
                        10,
                        new MeshSettings(1, 85, 0.5));
        for (float coordinate : floor.positions()) {
            farthest = Math.max(farthest, coordinate);
        }
        // tan(85 degrees) = 11.4
        assertThat(farthest).isBetween(0.8f, 1.2f);
    }

    @Test
    void aHoleHasNoTrianglesAndItsCornersAreCutOff() {
        float[] metres = new float[9];
        Arrays.fill(metres, 2);
        metres[0] = 0;
        SurfaceMesh mesh =
                GridMesh.of(
                        metres,
                        3,
                        3,
                        Rays.ofPinhole(new Intrinsics(3, 3, 1, 1)),
                        Axes.OPTICAL,
                        10,
                        new MeshSettings(1, 85, 0.04));
        assertThat(mesh.triangleCount()).isEqualTo(7);
        assertThat(mesh.vertexCount()).isEqualTo(8);
    }

    @Test
    void distancesFromTheEndOnAreLeftOut() {
        float[] metres = new float[WIDTH * HEIGHT];
        Arrays.fill(metres, 10);
        assertThat(mesh(metres, 1).triangleCount()).isZero();
    }

    private static SurfaceMesh mesh(float[] metres, int step) {
        MeshSettings options = new MeshSettings(step, 85, DepthEdges.DEFAULT_MAX_JUMP);
        return GridMesh.of(metres, WIDTH, HEIGHT, RAYS, Axes.OPTICAL, 10, options);
    }

    private static float z(SurfaceMesh mesh, int corner) {
        return mesh.positions()[3 * mesh.triangles()[corner] + 2];
    }

    private static double towardsCamera(SurfaceMesh mesh, int triangle) {
        double[][] p = new double[3][3];
        for (int corner = 0; corner < 3; corner++) {
            for (int axis = 0; axis < 3; axis++) {
                p[corner][axis] = mesh.positions()[3 * mesh.triangles()[triangle + corner] + axis];
            }
        }
        double[] u = {p[1][0] - p[0][0], p[1][1] - p[0][1], p[1][2] - p[0][2]};
        double[] v = {p[2][0] - p[0][0], p[2][1] - p[0][1], p[2][2] - p[0][2]};
        double[] n = {
            u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]
        };
        return -(n[0] * p[0][0] + n[1] * p[0][1] + n[2] * p[0][2]);
    }
}
