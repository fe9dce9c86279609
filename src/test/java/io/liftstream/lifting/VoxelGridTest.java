package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VoxelGridTest {
    private final VoxelGrid grid = new VoxelGrid();

    @Test
    void eachCubeKeepsTheMeanOfItsPointsAndColours() {
        PointCloud thinned =
                thin(
                        cloud(
                                new float[][] {
                                    {0.01f, 0.01f, 1.01f, 10, 20, 30},
                                    {-0.01f, 0.01f, 1.01f, 1, 2, 3},
                                    {0.03f, 0.03f, 1.05f, 21, 40, 61},
                                    {0.01f, 0.01f, 1.11f, 7, 8, 9}
                                }),
                        0.1);

        assertThat(thinned.count()).isEqualTo(3);
        assertThat(thinned.x(0)).isCloseTo(0.02f, within(1e-6f));
        assertThat(thinned.z(0)).isCloseTo(1.03f, within(1e-6f));
        assertThat(colour(thinned, 0)).containsExactly(16, 30, 46, 255);
        assertThat(colour(thinned, 1)).containsExactly(1, 2, 3, 255);
        assertThat(thinned.x(1)).isEqualTo(-0.01f);
        assertThat(thinned.z(2)).isEqualTo(1.11f);
    }

    @Test
    void itIsWhatAMapOfCubesGivesWhateverWasThinnedBefore() {
        Random random = new Random(5);
        for (int count : new int[] {5_000, 0, 1, 20_000, 300}) {
            float[][] points = new float[count][];
            for (int i = 0; i < count; i++) {
                points[i] =
                        new float[] {
                            random.nextFloat() * 4 - 2,
                            random.nextFloat() * 4 - 2,
                            random.nextFloat() * 9,
                            random.nextInt(256),
                            random.nextInt(256),
                            random.nextInt(256)
                        };
            }
            for (double edge : new double[] {0.01, 0.25, 100}) {
                Map<String, double[]> cubes = new LinkedHashMap<>();
                for (float[] p : points) {
                    String key =
                            Math.floor(p[0] / edge)
                                    + "/"
                                    + Math.floor(p[1] / edge)
                                    + "/"
                                    + Math.floor(p[2] / edge);
                    double[] sum = cubes.computeIfAbsent(key, cube -> new double[4]);
                    for (int axis = 0; axis < 3; axis++) {
                        sum[axis] += p[axis];
                    }
                    sum[3]++;
                }
                PointCloud thinned = thin(cloud(points), edge);
                assertThat(thinned.count()).isEqualTo(cubes.size());
                int at = 0;
                for (double[] sum : cubes.values()) {
                    assertThat(thinned.x(at)).isEqualTo((float) (sum[0] / sum[3]));
                    assertThat(thinned.y(at)).isEqualTo((float) (sum[1] / sum[3]));
                    assertThat(thinned.z(at)).isEqualTo((float) (sum[2] / sum[3]));
                    at++;
                }
            }
        }
    }

    @Test
    void pointsThatAreFarAwayDoNotFallTogether() {
        Map<Float, Integer> kept = new HashMap<>();
        PointCloud thinned =
                thin(cloud(new float[][] {{1e9f, 0, 1, 0, 0, 0}, {-1e9f, 0, 1, 0, 0, 0}}), 0.001);
        for (int i = 0; i < thinned.count(); i++) {
            kept.put(thinned.x(i), i);
        }
        assertThat(kept).containsOnlyKeys(1e9f, -1e9f);
    }

    private PointCloud thin(PointCloud cloud, double edge) {
        CloudPoints points =
                new CloudPoints() {
                    @Override
                    public int count(int stride) {
                        return cloud.count();
                    }

                    @Override
                    public void pack(int stride, byte[] target, int offset) {
                        System.arraycopy(cloud.data(), 0, target, offset, cloud.data().length);
                    }
                };
        byte[] data = new byte[3 + 16 * grid.thin(points, 1, edge)];
        grid.write(data, 3);
        return new PointCloud(java.util.Arrays.copyOfRange(data, 3, data.length), Axes.OPTICAL);
    }

    private static PointCloud cloud(float[][] points) {
        byte[] data = new byte[16 * points.length];
        for (int i = 0; i < points.length; i++) {
            for (int axis = 0; axis < 3; axis++) {
                PointCloud.FLOATS.set(data, 16 * i + 4 * axis, points[i][axis]);
                data[16 * i + 12 + axis] = (byte) (int) points[i][3 + axis];
            }
            data[16 * i + 15] = (byte) 255;
        }
        return new PointCloud(data, Axes.OPTICAL);
    }

    private static int[] colour(PointCloud cloud, int point) {
        int[] colour = new int[4];
        for (int i = 0; i < 4; i++) {
            colour[i] = cloud.data()[16 * point + 12 + i] & 0xff;
        }
        return colour;
    }
}
