package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.lifting.GoldenData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tensor of every reference image is the original's, bit for bit. */
class GoldenPreprocessTest {
    private static final int CROP = 32;

    static Stream<String> cases() {
        return GoldenData.namesOf("preprocess");
    }

    @Test
    void thereAreFourCases() {
        assertThat(cases()).hasSize(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tensorIsTheOriginals(String name) {
        String folder = "preprocess/" + name;
        JsonNode expected = GoldenData.json(folder + "/expected.json");
        RgbImage image =
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                        .decode(GoldenData.bytes(folder + "/image.png"));
        InputSize size =
                new InputSizeRule.AspectPreserving(518, 14).sizeFor(image.width(), image.height());
        assertThat(size.height()).isEqualTo(expected.get("resized_h").asInt());
        assertThat(size.width()).isEqualTo(expected.get("resized_w").asInt());
        float[] tensor = tensorOf(image, size);
        assertThat(crop(tensor, size, 0, 0))
                .isEqualTo(GoldenData.array(folder + "/tensor_crop_topleft_32.npy").floats());
        JsonNode origin = expected.get("center_crop_origin_yx");
        assertThat(crop(tensor, size, origin.get(0).asInt(), origin.get(1).asInt()))
                .isEqualTo(GoldenData.array(folder + "/tensor_crop_center_32.npy").floats());
        assertThat(GoldenData.sha256(littleEndian(tensor)))
                .isEqualTo(expected.at("/torchvision/tensor_sha256_f32le").asText());
    }

    @Test
    void writesAtTheBuffersPositionAndMovesBehindTheTensor() {
        RgbImage image = new RgbImage(1, 1, new byte[] {10, 20, 30});
        FloatBuffer buffer = FloatBuffer.allocate(8);
        buffer.put(7f);
        new Tensorizer()
                .write(
                        image,
                        new InputSize(1, 1),
                        new TensorFormat(new float[3], new float[] {1, 1, 1}),
                        buffer);
        assertThat(buffer.position()).isEqualTo(4);
        assertThat(buffer.array())
                .containsExactly(7f, 10 / 255f, 20 / 255f, 30 / 255f, 0f, 0f, 0f, 0f);
    }

    private static float[] tensorOf(RgbImage image, InputSize size) {
        float[] tensor = new float[3 * size.height() * size.width()];
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(tensor.length * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        new Tensorizer().write(image, size, TensorFormat.IMAGENET, buffer);
        buffer.flip().get(tensor);
        return tensor;
    }

    private static float[] crop(float[] tensor, InputSize size, int top, int left) {
        float[] crop = new float[3 * CROP * CROP];
        int target = 0;
        for (int channel = 0; channel < 3; channel++) {
            for (int y = top; y < top + CROP; y++) {
                int row = (channel * size.height() + y) * size.width();
                System.arraycopy(tensor, row + left, crop, target, CROP);
                target += CROP;
            }
        }
        return crop;
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
