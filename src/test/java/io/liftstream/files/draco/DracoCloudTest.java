package io.liftstream.files.draco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.Axes;
import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clouds come back from Draco files: every point in its place, to half a step, with its colour. */
class DracoCloudTest {
    private static final DracoEncoder SLOT = new DracoEncoder();

    @Property(tries = 10_000)
    void anyCloudComesBackAndItsBytesDependOnNothingElse(@ForAll long seed) {
        byte[] points = RandomCloud.of(new Random(seed));
        int count = points.length / PointCloud.POINT_BYTES;

        byte[] file = file(SLOT, points, count);

        assertThat(file).isEqualTo(file(new DracoEncoder(), points, count));
        assertThat(SLOT.step()).isEqualTo(Math.scalb(1.0, Math.getExponent(SLOT.step())));
        assertSame(points, DracoDecoder.decode(file, count), SLOT.step());
    }

    private static void assertSame(byte[] points, byte[] decoded, double step) {
        assertThat(decoded).hasSameSizeAs(points);
        PointCloud exact = new PointCloud(points, Axes.OPTICAL);
        PointCloud rounded = new PointCloud(decoded, Axes.OPTICAL);
        for (int point = 0; point < exact.count(); point++) {
            assertClose(exact.x(point), rounded.x(point), step);
            assertClose(exact.y(point), rounded.y(point), step);
            assertClose(exact.z(point), rounded.z(point), step);
            assertThat(Arrays.copyOfRange(decoded, 16 * point + 12, 16 * point + 16))
                    .isEqualTo(Arrays.copyOfRange(points, 16 * point + 12, 16 * point + 16));
        }
    }

    private static void assertClose(double exact, double rounded, double step) {
        assertThat(Math.abs(exact - rounded)).isLessThanOrEqualTo(step / 2);
    }

    private static byte[] file(DracoEncoder encoder, byte[] points, int count) {
        assertThat(encoder.encode(points, count)).isTrue();
        byte[] file = new byte[encoder.size() + 1];
        encoder.write(file, 1);
        return Arrays.copyOfRange(file, 1, file.length);
    }

    @ParameterizedTest
    @ValueSource(floats = {8.1f, 10, 15.99f})
    void aCloudOfRoomSizeIsRoundedToHalfAMillimetre(float side) {
        byte[] points = cloud(new float[][] {{0, 0, 0}, {side, 1, 2}});

        assertThat(SLOT.encode(points, 2)).isTrue();

        assertThat(SLOT.step() / 2).isBetween(0.00048, 0.0005);
    }

    @Test
    void aPointThatStandsStillKeepsItsCoordinatesWhileOthersComeAndGo() {
        float[] still = {1.2345678f, -0.7654321f, 3.3333333f};
        float[] far = {4, 3, 9.5f};
        for (float x = -5; x < 5; x += 0.37f) {
            byte[] points = cloud(new float[][] {still, far, {x, x / 3, 1 + x / 7}});

            PointCloud read =
                    new PointCloud(DracoDecoder.decode(file(SLOT, points, 3), 3), Axes.OPTICAL);

            assertThat(read.x(0) / SLOT.step()).isEqualTo(Math.rint(still[0] / SLOT.step()));
            assertThat(read.y(0) / SLOT.step()).isEqualTo(Math.rint(still[1] / SLOT.step()));
            assertThat(read.z(0) / SLOT.step()).isEqualTo(Math.rint(still[2] / SLOT.step()));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1.1e30f})
    void aCloudThatNoGridHoldsIsNotEncodedAndTheNextOneIs(float wrong) {
        for (int axis = 0; axis < 3; axis++) {
            float[] point = {1, 2, 3};
            point[axis] = wrong;
            assertThat(SLOT.encode(cloud(new float[][] {{1, 2, 3}, point}), 2)).isFalse();
        }
        byte[] points = cloud(new float[][] {{1, 2, 3}});

        assertSame(points, DracoDecoder.decode(file(SLOT, points, 1), 1), SLOT.step());
    }

    @Test
    void aLargeCloudOfNoiseComesBackAndIsSmallerNevertheless() {
        byte[] points = RandomCloud.scattered(new Random(1), 100_000, 10);

        byte[] file = file(SLOT, points, 100_000);

        assertThat(file.length).isLessThan(9 * 100_000);
        assertSame(points, DracoDecoder.decode(file, 100_000), SLOT.step());
    }

    @Test
    void whatLiesBehindThePointsIsNotRead() {
        byte[] points = cloud(new float[][] {{1, 2, 3}, {4, 5, 6}, {Float.NaN, 0, 0}});

        assertThat(file(SLOT, points, 2)).isEqualTo(file(SLOT, Arrays.copyOf(points, 32), 2));
    }

    @Test
    void aFileThatWasCutIsRefused() {
        byte[] points = RandomCloud.walk(new Random(1), 100);
        byte[] file = file(SLOT, points, 100);
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(LiftingException.class)
                    .as("%d of %d bytes", length, file.length)
                    .isThrownBy(() -> DracoDecoder.decode(cut, 100));
        }
    }

    @Property
    void aDamagedFileIsRefusedOrGivesAsManyPoints(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] file = file(SLOT, RandomCloud.walk(random, 50), 50);
        for (int i = random.nextInt(4); i >= 0; i--) {
            file[random.nextInt(file.length)] = (byte) random.nextInt();
        }
        byte[] read;
        try {
            read = DracoDecoder.decode(file, 50);
        } catch (LiftingException e) {
            assertThat(e).hasMessageContaining("of the Draco cloud");
            return;
        }
        assertThat(read.length).isLessThanOrEqualTo(50 * PointCloud.POINT_BYTES);
    }

    @Test
    void moreToReadThanThereMayBeIsRefused() {
        byte[] file = file(SLOT, RandomCloud.walk(new Random(1), 3), 3);

        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> DracoDecoder.decode(file, 2))
                .withMessage("points of the Draco cloud is 3: must be at most 2");
    }

    static byte[] cloud(float[][] points) {
        ByteBuffer data =
                ByteBuffer.allocate(points.length * PointCloud.POINT_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] point : points) {
            data.putFloat(point[0]).putFloat(point[1]).putFloat(point[2]).putInt(0xff804020);
        }
        return data.array();
    }
}
