package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.files.NpyArray;
import io.liftstream.lifting.GoldenData;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The network's output comes back to the image's size as torch resizes it. */
class GoldenPostprocessTest {
    private static final float TOLERANCE = 5e-5f;

    static Stream<String> cases() {
        return GoldenData.namesOf("postprocess");
    }

    @Test
    void thereAreFourCases() {
        assertThat(cases()).hasSize(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void resizesAsTheOriginalDoes(String name) {
        NpyArray predicted = GoldenData.array("postprocess/" + name + "/predicted.npy");
        NpyArray expected = GoldenData.array("postprocess/" + name + "/expected.npy");
        float[] resized =
                BicubicResizer.resize(
                        predicted.floats(),
                        0,
                        predicted.shape()[0],
                        predicted.shape()[1],
                        expected.shape()[0],
                        expected.shape()[1]);
        float[] reference = expected.floats();
        assertThat(resized).hasSameSizeAs(reference);
        float largest = 0;
        for (int i = 0; i < reference.length; i++) {
            largest = Math.max(largest, Math.abs(resized[i] - reference[i]));
        }
        assertThat(largest).isLessThanOrEqualTo(TOLERANCE);
    }
}
