package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.lifting.GoldenData;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the reference decodes to the original's RGB. */
class GoldenDecodeTest {
    /** Between inverse cosine transforms and chroma filters that all follow the standard. */
    private static final int JPEG_TOLERANCE = 4;

    static Stream<String> files() {
        Iterator<String> names = GoldenData.json("decode/cases.json").fieldNames();
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(names, Spliterator.ORDERED), false);
    }

    @Test
    void thereAreTwentyFourFiles() {
        assertThat(files()).hasSize(24);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void decodesToTheReferencePixels(String file) {
        JsonNode expected = GoldenData.json("decode/cases.json").get(file);
        RgbImage image =
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                        .withGrey16Range(Grey16Range.clipped())
                        .decode(GoldenData.bytes("decode/" + file));
        assertThat(image.width()).isEqualTo(expected.get("width").asInt());
        assertThat(image.height()).isEqualTo(expected.get("height").asInt());
        byte[] reference = GoldenData.array("decode/" + file + ".rgb.npy").data();
        if (expected.get("compare").asText().equals("exact")) {
            assertThat(image.rgb()).isEqualTo(reference);
        } else {
            assertThat(largestDifference(image.rgb(), reference))
                    .isLessThanOrEqualTo(JPEG_TOLERANCE);
        }
    }

    private static int largestDifference(byte[] ours, byte[] reference) {
        int largest = 0;
        for (int i = 0; i < reference.length; i++) {
            largest = Math.max(largest, Math.abs((ours[i] & 0xff) - (reference[i] & 0xff)));
        }
        return largest;
    }
}
