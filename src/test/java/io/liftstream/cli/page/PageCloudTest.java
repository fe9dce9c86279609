package io.liftstream.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.lifting.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PageCloudTest {

    @Test
    void coordinatesAreStepsOfTheBoxInTheAxesOfTheBrowser() {
        PageCloud cloud = PageCloud.of(cloud(Axes.OPTICAL, 0, 1, 2, 10, 3, 4), 0.5, 100);

        ByteBuffer data = ByteBuffer.wrap(cloud.data()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(data.getInt(0)).isEqualTo(2);
        assertThat(data.getInt(4)).isEqualTo(2);
        assertThat(floats(data, 8)).containsExactly(0, -3, -4);
        assertThat(floats(data, 20)).containsExactly(10, 2, 2);
        assertThat(data.getFloat(32)).isEqualTo(0.5f);
        assertThat(steps(data, 0)).containsExactly(0, 65535, 65535);
        assertThat(steps(data, 1)).containsExactly(65535, 0, 0);
        assertThat(data.get(36 + 12)).isEqualTo((byte) 7);
        assertThat(data.capacity()).isEqualTo(36 + 2 * 9);
    }

    @Test
    void axesThatAreTheBrowsersStayAsTheyAre() {
        PageCloud cloud = PageCloud.of(cloud(Axes.OPENGL, 0, 1, -2, 10, 3, -4), 0.5, 100);

        assertThat(floats(ByteBuffer.wrap(cloud.data()).order(ByteOrder.LITTLE_ENDIAN), 8))
                .containsExactly(0, 1, -4);
    }

    @Test
    void aLargeCloudIsThinnedAndSaysSo() {
        float[] line = new float[3 * 1000];
        for (int i = 0; i < 1000; i++) {
            line[3 * i] = i;
        }
        PageCloud cloud = PageCloud.of(cloud(Axes.OPTICAL, line), 0.01, 250);

        ByteBuffer data = ByteBuffer.wrap(cloud.data()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(cloud.countText()).isEqualTo("cloud: 250 of its 1,000 points");
        assertThat(data.getFloat(32)).isCloseTo(0.02f, within(1e-6f));
        int last = -1;
        for (int i = 0; i < 250; i++) {
            int metres =
                    Math.round(data.getFloat(8) + data.getFloat(20) * steps(data, i)[0] / 65535);
            assertThat(metres).isBetween(4 * i, 4 * i + 3).isGreaterThan(last);
            last = metres;
        }
    }

    @Test
    void pointsThatAreNotFiniteAreLeftOut() {
        PageCloud cloud =
                PageCloud.of(
                        cloud(
                                Axes.OPTICAL,
                                Float.NaN,
                                1,
                                2,
                                1,
                                1,
                                1,
                                1,
                                Float.NEGATIVE_INFINITY,
                                1),
                        1,
                        100);

        assertThat(cloud.points()).isOne();
        assertThat(cloud.totalPoints()).isEqualTo(3);
    }

    @Test
    void anEmptyCloudIsACloud() {
        assertThat(PageCloud.of(cloud(Axes.OPTICAL), 1, 100).data()).hasSize(36);
    }

    private static float[] floats(ByteBuffer data, int from) {
        return new float[] {data.getFloat(from), data.getFloat(from + 4), data.getFloat(from + 8)};
    }

    private static int[] steps(ByteBuffer data, int point) {
        int from = 36 + 6 * point;
        return new int[] {
            data.getShort(from) & 0xffff,
            data.getShort(from + 2) & 0xffff,
            data.getShort(from + 4) & 0xffff
        };
    }

    private static PointCloud cloud(Axes axes, float... coordinates) {
        int points = coordinates.length / 3;
        ByteBuffer data = ByteBuffer.allocate(16 * points).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < points; i++) {
            for (int axis = 0; axis < 3; axis++) {
                data.putFloat(coordinates[3 * i + axis]);
            }
            data.putInt(0xff080807);
        }
        return new PointCloud(data.array(), axes);
    }
}
