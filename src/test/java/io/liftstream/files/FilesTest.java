package io.liftstream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.Grey16Image;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.GoldenData;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.lifting.PointCloud;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG, PLY and NumPy files come back as they were written. */
class FilesTest {
    @TempDir private Path folder;

    @Test
    void aDepthImageComesBackFromItsPng() {
        short[] values = new short[37 * 23];
        Random random = new Random(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) random.nextInt();
        }
        Grey16Image image = PngDepthImage.decode(PngDepthImage.encode(values, 37, 23));
        assertThat(image.width()).isEqualTo(37);
        assertThat(image.height()).isEqualTo(23);
        assertThat(image.values()).isEqualTo(values);
    }

    @Test
    void aPngOfAnotherKindIsNoDepthImage() {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> PngDepthImage.decode(LiftingFixture.png(2, 2)))
                .withMessageContaining("must be a PNG of one 16-bit grey channel");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PngDepthImage.encode(new short[5], 2, 2));
    }

    @ParameterizedTest
    @EnumSource(Axes.class)
    void aCloudComesBackFromItsPlyWithItsAxes(Axes axes) throws IOException {
        PointCloud cloud = cloud(9001, axes);
        Path file = folder.resolve("cloud.ply");
        PlyFile.write(cloud, file);
        PointCloud read = PlyFile.read(file);
        assertThat(read.axes()).isEqualTo(axes);
        assertThat(read.data()).isEqualTo(cloud.data());
    }

    @Test
    void anEmptyCloudComesBackFromItsPly() throws IOException {
        PointCloud empty = new PointCloud(new byte[0], Axes.OPTICAL);
        assertThat(PlyFile.decode(PlyFile.encode(empty)).count()).isZero();
    }

    @Test
    void aPlyOfAnotherProgramIsReadWithWhatWeKnow() throws IOException {
        String header =
                "ply\nformat binary_little_endian 1.0\ncomment made elsewhere\n"
                        + "element vertex 1\nproperty uchar red\nproperty double x\n"
                        + "property double y\nproperty double z\nproperty float confidence\n"
                        + "property uchar green\nproperty uchar blue\n"
                        + "element face 0\nproperty list uchar int vertex_indices\nend_header\n";
        ByteBuffer body = ByteBuffer.allocate(31).order(ByteOrder.LITTLE_ENDIAN);
        body.put((byte) 10).putDouble(1.5).putDouble(-2).putDouble(3).putFloat(9);
        body.put((byte) 20).put((byte) 30);
        byte[] file =
                Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), header.length() + 31);
        System.arraycopy(body.array(), 0, file, header.length(), 31);
        PointCloud cloud = PlyFile.decode(file);
        assertThat(cloud.count()).isEqualTo(1);
        assertThat(cloud.axes()).isEqualTo(Axes.OPTICAL);
        assertThat(new float[] {cloud.x(0), cloud.y(0), cloud.z(0)}).containsExactly(1.5f, -2, 3);
        assertThat(new int[] {cloud.red(0), cloud.green(0), cloud.blue(0)})
                .containsExactly(10, 20, 30);
    }

    @ParameterizedTest
    @CsvSource({
        "red, green, blue",
        "diffuse_red, diffuse_green, diffuse_blue",
        "r, g, b",
    })
    void coloursAreReadUnderTheNamesThatProgramsGiveThem(String red, String green, String blue)
            throws IOException {
        ByteBuffer file = ply("uchar " + red, "uchar " + green, "uchar " + blue);
        file.put((byte) 255).put((byte) 10).put((byte) 0);

        PointCloud cloud = PlyFile.decode(file.array());

        assertThat(new int[] {cloud.red(0), cloud.green(0), cloud.blue(0)})
                .containsExactly(255, 10, 0);
    }

    @Test
    void aCloudWithPartOfItsColoursOrOthersThanBytesIsRefused() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PlyFile.decode(ply("uchar diffuse_red").array()))
                .withMessageContaining("green is missing");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PlyFile.decode(ply("float r", "float g", "float b").array()))
                .withMessageContaining("red is float");
    }

    /** A file of one vertex, with the buffer at its last properties. */
    private static ByteBuffer ply(String... properties) {
        String header =
                "ply\nformat binary_little_endian 1.0\nelement vertex 1\n"
                        + "property float x\nproperty float y\nproperty float z\nproperty "
                        + String.join("\nproperty ", properties)
                        + "\nend_header\n";
        ByteBuffer file = ByteBuffer.allocate(header.length() + 12 + 4 * properties.length);
        return file.put(header.getBytes(StandardCharsets.US_ASCII))
                .putFloat(0)
                .putFloat(0)
                .putFloat(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ply\n",
                "ply\nformat ascii 1.0\nelement vertex 0\nend_header\n",
                "ply\nformat binary_little_endian 1.0\nelement face 1\nend_header\n",
                "ply\nformat binary_little_endian 1.0\nelement vertex 1\nend_header\n",
                "ply\nformat binary_little_endian 1.0\nelement vertex 9999999999\n"
                        + "property float x\nproperty float y\nproperty float z\nend_header\n",
                "ply\nformat binary_little_endian 1.0\nelement vertex 1\n"
                        + "property list uchar int x\nend_header\n"
            })
    void aPlyThatCannotBeReadIsRefused(String file) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> PlyFile.decode(file.getBytes(StandardCharsets.US_ASCII)))
                .withMessageMatching("(?s).*(must|only|give|truncated).*");
    }

    @Test
    void aDepthMapComesBackFromItsNumpyFile() throws IOException {
        float[] values = {1, Float.NaN, -0f, Float.MAX_VALUE, 5, 6};
        Path file = folder.resolve("depth.npy");
        NpyFile.write(file, values, 2, 3);
        NpyArray array = NpyFile.read(file);
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.floats()).isEqualTo(values);
    }

    @Test
    void aNumpyFileIsByteForByteNumpys() {
        float[] values = GoldenData.array("postprocess/d04_14x14_identity/expected.npy").floats();
        assertThat(NpyFile.encode(values, 14, 14))
                .isEqualTo(GoldenData.bytes("postprocess/d04_14x14_identity/expected.npy"));
    }

    @Test
    void aNumpyFileThatIsCutOrOfAnotherKindIsRefused() {
        byte[] whole = NpyFile.encode(new float[] {1, 2}, 2);
        for (int length : new int[] {0, 9, 60, whole.length - 1}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> NpyFile.decode(Arrays.copyOf(whole, length)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> NpyFile.encode(new float[3], 2));
    }

    private static PointCloud cloud(int count, Axes axes) {
        float[] depth = new float[count];
        for (int i = 0; i < count; i++) {
            depth[i] = 1 + i % 7;
        }
        return LiftingFixture.lift(
                        count,
                        1,
                        depth,
                        DepthEstimationAdvanceConfig.builder()
                                .axes(axes)
                                .depthMapping(DepthMapping.METRIC)
                                .build())
                .pointCloud();
    }
}
