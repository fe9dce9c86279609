package io.liftstream.image;

import static io.liftstream.image.JpegSamples.marker;
import static io.liftstream.image.JpegSamples.replaced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds of JPEG that no camera of this field writes are named; odd markers do no harm. */
class UnusualJpegTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final int TRANSFORM = 15;

    /** Lossless, differential and arithmetically coded kinds (ITU-T T.81, table B.1). */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 6, 7, 9, 10, 11, 13, 14, 15})
    void kindsThatAreNotReadAreNamed(int kind) {
        byte[] file = JpegSamples.BASELINE.file();
        file[marker(file, 0xc0, 0) + 1] = (byte) (0xc0 + kind);

        requireRefused(
                file,
                "a lossless, hierarchical or arithmetically coded JPEG (SOF"
                        + kind
                        + "); give a baseline or progressive one");
    }

    @ParameterizedTest
    @CsvSource({"BASELINE, c0", "PROGRESSIVE, c2", "GREY, c0"})
    void picturesOfTwelveBitsAreNamed(JpegSamples sample, String frame) {
        byte[] file = sample.file();
        file[marker(file, Integer.parseInt(frame, 16), 0) + 4] = 12;

        requireRefused(file, "a JPEG of 12 bits; give one of 8 bits");
    }

    /** A code that does not fit three components is read as theirs, and libjpeg says nothing. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 77, 255})
    void anUnknownAdobeTransformIsReadAsTheUsualOne(int transform) {
        byte[] file = JpegSamples.BASELINE.file();
        byte[] usual = withAdobe(file, 1);
        byte[] odd = withAdobe(file, transform);

        assertThat(DECODER.decode(usual).rgb()).isEqualTo(DECODER.decode(file).rgb());
        assertThat(DECODER.decode(odd).rgb()).isEqualTo(DECODER.decode(file).rgb());
        byte[] given = JpegStructure.requireWhole(new EncodedBytes(odd));
        assertThat(given).isEqualTo(usual);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aKnownAdobeTransformStays(int transform) {
        byte[] file = withAdobe(JpegSamples.BASELINE.file(), transform);

        assertThat(JpegStructure.requireWhole(new EncodedBytes(file))).isSameAs(file);
    }

    /** In the place of the JFIF marker, as the format's inventors write it. */
    private static byte[] withAdobe(byte[] file, int transform) {
        int jfif = marker(file, 0xe0, 0);
        byte[] adobe =
                replaced(
                        file, jfif, jfif + 18, 0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100,
                        0, 0, 0, 0, transform);
        assertThat(adobe[jfif + TRANSFORM] & 0xff).isEqualTo(transform);
        return adobe;
    }

    private static void requireRefused(byte[] file, String message) {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> DECODER.decode(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE))
                .withMessageContaining(message);
    }
}
