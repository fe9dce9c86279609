package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFFs whose directory gives their samples another meaning than 16-bit grey. */
class TiffKindsTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 3;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLE_FORMAT = 339;
    private static final int SIGNED = 2;
    private static final int FLOATS = 3;
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    /** OpenCV multiplies these by 64, 16 or 4. */
    @ParameterizedTest
    @ValueSource(ints = {10, 12, 14})
    void samplesThatTheDecoderWouldMultiplyAreNoDistances(int bits) {
        requireNoDepth(sample(true).packedGrey(bits, i -> 1000 + i));
    }

    static Stream<byte[]> otherSamples() {
        return Stream.of(
                sample(true).grey8(i -> i),
                sample(true).with(SAMPLE_FORMAT, SIGNED).grey16(i -> 1000 + i),
                sample(true).with(SAMPLE_FORMAT, FLOATS).grey16(i -> 1000 + i),
                sample(true).packedGrey(32, i -> 1000 + i));
    }

    @ParameterizedTest
    @MethodSource("otherSamples")
    void samplesOfOtherTypesAreNoDistances(byte[] file) {
        requireNoDepth(file);
    }

    @Test
    void distancesAreTakenAsTheyAreStored() {
        for (boolean littleEndian : new boolean[] {true, false}) {
            byte[] file = sample(littleEndian).with(PHOTOMETRIC, 0).grey16(i -> 1000 + i);

            short[] distances = ((Grey16Image) DECODER.decodeDepth(file)).values();

            assertThat(distances).startsWith(1000, 1001).endsWith(1014);
        }
    }

    private static TiffSample sample(boolean littleEndian) {
        return new TiffSample(WIDTH, HEIGHT, littleEndian);
    }

    private static void requireNoDepth(byte[] file) {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> DECODER.decodeDepth(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE))
                .withMessageEndingWith(
                        " must be a TIFF of one channel, of unsigned 16-bit integers or floats");
    }
}
