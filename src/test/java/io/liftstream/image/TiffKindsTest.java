package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION_SGILOG;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFFs whose directory gives their samples another type or meaning than that of 16-bit grey. */
class TiffKindsTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 3;
    private static final int PHOTOMETRIC = 262;
    private static final int WHITE_IS_ZERO = 0;
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
            byte[] file =
                    sample(littleEndian).with(PHOTOMETRIC, WHITE_IS_ZERO).grey16(i -> 1000 + i);

            short[] distances = ((Grey16Image) DECODER.decodeDepth(file)).values();

            assertThat(distances).startsWith(1000, 1001).endsWith(1014);
        }
    }

    @Test
    void aPictureWhoseZeroIsWhiteIsNoNegative() {
        ImageDecoder fixed = DECODER.withGrey16Range(Grey16Range.parse("0:65535"));
        byte[] expected = fixed.decode(sample(true).grey16(i -> 4000 * i)).rgb();
        for (boolean littleEndian : new boolean[] {true, false}) {
            TiffSample negative = sample(littleEndian).with(PHOTOMETRIC, WHITE_IS_ZERO);
            byte[] grey16 = negative.grey16(i -> 65_535 - 4000 * i);
            byte[] grey8 = negative.grey8(i -> 255 - (expected[3 * i] & 0xff));

            assertThat(fixed.decode(grey16).rgb()).isEqualTo(expected);
            assertThat(fixed.decode(grey8).rgb()).isEqualTo(expected);
        }
    }

    static Stream<byte[]> signedSamples() {
        TiffSample signed = sample(true).with(SAMPLE_FORMAT, SIGNED);
        return Stream.of(signed.grey16(i -> 200 * i - 1000), signed.grey8(i -> 10 * i - 100));
    }

    @ParameterizedTest
    @MethodSource("signedSamples")
    void signedSamplesAreRefusedByTheirName(byte[] file) {
        for (Consumer<byte[]> reader :
                List.<Consumer<byte[]>>of(
                        DECODER::decode, DECODER::requireWhole, DECODER::decodeDepth)) {
            assertThatExceptionOfType(LiftingException.class)
                    .isThrownBy(() -> reader.accept(file))
                    .withMessageEndingWith(
                            " a TIFF of signed integers (SampleFormat 2); give one of unsigned"
                                    + " integers");
        }
    }

    /** Radiance pictures: their 16-bit codes may be said to be signed, or floats. */
    @Test
    void logarithmicSamplesAreReadWhateverTheirFormat() {
        byte[] file = radiance();
        byte[] expected = DECODER.decode(file).rgb();
        ByteBuffer directory = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
        int entry = directory.getInt(4) + 2;
        while (directory.getShort(entry) != SAMPLE_FORMAT) {
            entry += 12;
        }
        for (int channel = 0; channel < 3; channel++) {
            directory.putShort(directory.getInt(entry + 8) + 2 * channel, (short) SIGNED);
        }

        assertThat(DECODER.decode(file).rgb()).isEqualTo(expected).contains(73, 131, 190);
    }

    private static byte[] radiance() {
        OpenCv.prepare();
        try (Mat image = new Mat(HEIGHT, WIDTH, CV_32FC3, new Scalar(0.5, 0.25, 0.1, 0));
                IntPointer compression =
                        new IntPointer(IMWRITE_TIFF_COMPRESSION, IMWRITE_TIFF_COMPRESSION_SGILOG);
                BytePointer file = new BytePointer()) {
            imencode(".tiff", image, file, compression);
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
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
