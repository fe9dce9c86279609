package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.lifting.CloudPoints;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.proto.v1.CompressedPointCloud;
import io.liftstream.proto.v1.DepthEstimationResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code result.cloud}: what is written as Draco, when, and how it is read. */
class CompressedCloudTest {
    private static final int ROOMY = 1 << 20;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private final Lifted lifted = Lifted.ofPoints(WIDTH, HEIGHT, new Wall(WIDTH, HEIGHT, 2));

    @Test
    void aCompressedCloudTakesThePlaceOfTheOtherAndComesBackToHalfItsStep() throws Exception {
        DepthEstimationResult message = message(lifted, CloudFormat.DRACO, ROOMY);
        ReadResult read = ResultDecoder.decode(message.toByteArray());

        assertThat(message.hasPointCloud()).isFalse();
        assertThat(message.getDegradationsList()).isEmpty();
        CompressedPointCloud compressed = message.getCompressedPointCloud();
        assertThat(compressed.getFormat()).isEqualTo("draco");
        assertThat(compressed.getPoints()).isEqualTo(WIDTH * HEIGHT);
        assertThat(compressed.getFrameId()).isEqualTo("gate");
        assertThat(compressed.getTimestamp()).isEqualTo(message.getCaptureTime());
        assertThat(compressed.getData().size()).isLessThan(WIDTH * HEIGHT * 16 / 4);
        assertClose(read.result().pointCloud(), lifted.result().pointCloud(), compressed);
        assertThat(read.compressedCloud().draco()).isEqualTo(compressed.getData().toByteArray());
        assertThat(read.compressedCloud().positionStep()).isEqualTo(compressed.getPositionStep());
    }

    private static void assertClose(
            PointCloud read, PointCloud exact, CompressedPointCloud compressed) {
        assertThat(read.count()).isEqualTo(exact.count());
        double error = compressed.getPositionStep() / 2;
        assertThat(error).isBetween(1e-6, 0.001);
        for (int point = 0; point < exact.count(); point++) {
            assertThat(read.x(point)).isCloseTo(exact.x(point), within((float) error));
            assertThat(read.y(point)).isCloseTo(exact.y(point), within((float) error));
            assertThat(read.z(point)).isCloseTo(exact.z(point), within((float) error));
            assertThat(read.red(point)).isEqualTo(exact.red(point));
            assertThat(read.green(point)).isEqualTo(exact.green(point));
            assertThat(read.blue(point)).isEqualTo(exact.blue(point));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "AUTO"})
    void whatIsNotTooLargeKeepsItsBytes(CloudFormat format) throws Exception {
        ReadResult read = read(lifted, format, ROOMY);

        assertThat(read.compressedCloud()).isNull();
        assertThat(read.result().pointCloud().data())
                .isEqualTo(lifted.result().pointCloud().data());
        assertThat(encode(lifted, format, ROOMY))
                .isEqualTo(
                        lifted.encode(
                                        new ResultFormat(
                                                DepthMapFormat.FLOAT32,
                                                DepthImageFormat.RAW,
                                                DistanceFormat.NONE,
                                                ROOMY))
                                .value());
    }

    @Test
    void autoCompressesTheCloudBeforeItLosesAPoint() throws Exception {
        int whole = encode(lifted, CloudFormat.AUTO, ROOMY).length;
        int compressed = encode(lifted, CloudFormat.DRACO, ROOMY).length;

        ReadResult read = read(lifted, CloudFormat.AUTO, whole - 1);
        ReadResult thinned = read(lifted, CloudFormat.AUTO, compressed);

        assertThat(read.degradations()).containsExactly(Degradation.CLOUD_DRACO);
        assertThat(read.result().pointCloud().count()).isEqualTo(WIDTH * HEIGHT);
        assertThat(read.compressedCloud()).isNotNull();
        // It names one degradation more than the result that was asked for.
        assertThat(thinned.degradations())
                .containsExactly(Degradation.CLOUD_DRACO, Degradation.CLOUD_STRIDE_2);
        assertThat(thinned.result().pointCloud().count()).isEqualTo(WIDTH * HEIGHT / 4);
    }

    @ParameterizedTest
    @EnumSource(CloudFormat.class)
    void eachDegradationHasTheBytesOfTheGeneratedClasses(CloudFormat format) throws Exception {
        for (double voxel : new double[] {0, 0.05}) {
            int whole = lifted.encode(format(format, voxel, ROOMY)).value().length;
            for (int limit = whole; limit > WIDTH * HEIGHT * 4 + 1000; limit -= 501) {
                byte[] value = lifted.encode(format(format, voxel, limit)).value();
                DepthEstimationResult message = DepthEstimationResult.parseFrom(value);
                assertThat(value).hasSizeLessThanOrEqualTo(limit).isEqualTo(message.toByteArray());
                assertThat(ResultDecoder.decode(value).degradations())
                        .hasSize(message.getDegradationsCount());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DRACO", "AUTO"})
    void aCloudThatNoGridHoldsStaysAsItIsAndNothingElseIsSaid(CloudFormat format) throws Exception {
        Lifted endless =
                Lifted.ofPoints(WIDTH, HEIGHT, new Wall(WIDTH, HEIGHT, Float.POSITIVE_INFINITY));
        int whole = encode(endless, format, ROOMY).length;

        ReadResult read = read(endless, format, whole);
        ReadResult thinned = read(endless, format, whole - 1);

        assertThat(read.compressedCloud()).isNull();
        assertThat(read.degradations()).isEmpty();
        assertThat(read.result().pointCloud().data())
                .isEqualTo(endless.result().pointCloud().data());
        assertThat(thinned.degradations()).containsExactly(Degradation.CLOUD_STRIDE_2);
    }

    @Test
    void anEmptyCloudIsThereWithoutPoints() throws Exception {
        Lifted empty = Lifted.ofPoints(WIDTH, HEIGHT, new Wall(0, 0, 1));

        ReadResult read = read(empty, CloudFormat.DRACO, ROOMY);

        assertThat(read.compressedCloud()).isNotNull();
        assertThat(read.result().pointCloud().count()).isZero();
    }

    @Test
    void thePoseIsThatOfAnUncompressedCloud() throws Exception {
        CameraSetup setup = CameraSetup.of(null, CameraPose.of(1, 2, 3, 0.6, 0, 0, 0.8));
        DepthEstimationResult compressed =
                DepthEstimationResult.parseFrom(
                        lifted.encode(format(CloudFormat.DRACO, 0, ROOMY), setup).value());
        DepthEstimationResult packed =
                DepthEstimationResult.parseFrom(
                        lifted.encode(format(CloudFormat.FLOAT32, 0, ROOMY), setup).value());

        assertThat(compressed.getCompressedPointCloud().getPose())
                .isEqualTo(packed.getPointCloud().getPose());
        assertThat(compressed.getCompressedPointCloud().getFrameId()).isEqualTo("world");
    }

    static Stream<Consumer<DepthEstimationResult.Builder>> lies() {
        return Stream.of(
                result -> result.getCompressedPointCloudBuilder().setFormat("zip"),
                result -> result.getCompressedPointCloudBuilder().setPoints(7),
                result -> result.getCompressedPointCloudBuilder().setData(ByteString.EMPTY),
                result -> result.setWidth(WIDTH - 1),
                result -> result.setWidth(WIDTH).setHeight(1));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aCloudThatIsNotWhatItSaysIsRefused(Consumer<DepthEstimationResult.Builder> lie)
            throws Exception {
        DepthEstimationResult.Builder result =
                DepthEstimationResult.newBuilder(message(lifted, CloudFormat.DRACO, ROOMY))
                        .clearDepthMap()
                        .clearDepthImage();
        assertThat(ResultDecoder.decode(result.build().toByteArray())).isNotNull();
        lie.accept(result);

        assertThatExceptionOfType(InvalidProtocolBufferException.class)
                .isThrownBy(() -> ResultDecoder.decode(result.build().toByteArray()))
                .withMessageStartingWith("compressed_point_cloud");
    }

    private static DepthEstimationResult message(Lifted lifted, CloudFormat format, int limit)
            throws InvalidProtocolBufferException {
        return DepthEstimationResult.parseFrom(encode(lifted, format, limit));
    }

    private static ReadResult read(Lifted lifted, CloudFormat format, int limit)
            throws InvalidProtocolBufferException {
        return ResultDecoder.decode(encode(lifted, format, limit));
    }

    private static byte[] encode(Lifted lifted, CloudFormat format, int limit) {
        return lifted.encode(format(format, 0, limit)).value();
    }

    private static ResultFormat format(CloudFormat format, double voxel, int limit) {
        return new ResultFormat(
                DepthMapFormat.FLOAT32,
                DepthImageFormat.RAW,
                DistanceFormat.NONE,
                format,
                voxel,
                limit);
    }

    /** A slanted wall, whose pixels' colours change slowly. */
    private record Wall(int width, int height, float distance) implements CloudPoints {
        @Override
        public int count(int stride) {
            return (width + stride - 1) / stride * ((height + stride - 1) / stride);
        }

        @Override
        public void pack(int stride, byte[] target, int offset) {
            ByteBuffer data = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
            data.position(offset);
            for (int row = 0; row < height; row += stride) {
                for (int column = 0; column < width; column += stride) {
                    float z = distance + column * 0.01f + row * 0.003f;
                    data.putFloat((column - 32) * z / 50).putFloat((row - 24) * z / 50).putFloat(z);
                    data.put((byte) column).put((byte) (200 + row)).put((byte) 7).put((byte) 255);
                }
            }
        }
    }
}
