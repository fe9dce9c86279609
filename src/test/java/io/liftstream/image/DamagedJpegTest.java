package io.liftstream.image;

import static io.liftstream.image.JpegSamples.dataOfLastScan;
import static io.liftstream.image.JpegSamples.marker;
import static io.liftstream.image.JpegSamples.replaced;
import static io.liftstream.image.JpegSamples.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JPEG files that have lost pixels are refused; those that have lost none are read. */
class DamagedJpegTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final int END = 0xd9;

    static Stream<Arguments> losses() {
        return Stream.of(JpegSamples.values())
                .flatMap(
                        sample ->
                                Stream.of(
                                        loss(sample, "a hole in the middle", hole(0.3, 0.7)),
                                        loss(sample, "a small hole", hole(0.5, 0.55)),
                                        loss(sample, "the last third cut off", cut(0.66)),
                                        loss(sample, "the last bytes cut off", cut(0.98)),
                                        loss(sample, "cut off and ended", ended(cut(0.66))),
                                        loss(sample, "nearly all cut off, ended", ended(cut(0.02))),
                                        loss(sample, "zeros in the middle", filled(0.4, 0.7, 0)),
                                        loss(sample, "ones in the middle", filled(0.4, 0.7, 255))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("losses")
    void aScanThatHasLostBytesIsRefused(
            JpegSamples sample, String name, UnaryOperator<byte[]> loss) {
        requireRefused(loss.apply(sample.file()));
    }

    @ParameterizedTest
    @EnumSource(
            value = JpegSamples.class,
            names = {"RESTARTS", "PROGRESSIVE_RESTARTS"})
    void aLostRestartIntervalIsRefused(JpegSamples sample) {
        byte[] file = sample.file();
        for (int lost = 1; lost <= 7; lost++) {
            byte[] damaged = without(file, marker(file, 0xd0, 0), marker(file, 0xd0 + lost, 0));
            requireRefused(damaged);
        }
        int nextRound = marker(file, 0xd0, 1);
        if (!sample.progressive()) {
            // As many as there are numbers: only the count of blocks shows it.
            requireRefused(without(file, marker(file, 0xd0, 0), nextRound));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JpegSamples.class,
            names = {"PROGRESSIVE", "PROGRESSIVE_ODD_SIZE", "PROGRESSIVE_GREY"})
    void aLostScanIsRefused(JpegSamples sample) {
        byte[] file = sample.file();
        int scans = 0;
        for (int from = marker(file, 0xda, 0); from >= 0; from = marker(file, 0xda, ++scans)) {
            int next = marker(file, 0xda, scans + 1);
            int to = next < 0 ? file.length - 2 : next;
            requireRefused(without(file, from, to));
            requireRefused(without(file, from, file.length - 2));
            if (scans > 0) {
                requireRefused(Arrays.copyOf(file, from));
            }
        }
        assertThat(scans).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource(JpegSamples.class)
    void aFileThatLacksOnlyItsEndMarkerIsRead(JpegSamples sample) {
        byte[] file = sample.file();
        requireSamePixels(file, Arrays.copyOf(file, file.length - 2));
        requireSamePixels(file, Arrays.copyOf(file, file.length - 1));
        requireSamePixels(file, replaced(file, file.length - 2, file.length, 0, 0, 0, 0, 0, 0));
    }

    static Stream<Arguments> oddities() {
        return Stream.of(JpegSamples.values())
                .flatMap(
                        sample ->
                                Stream.of(
                                        oddity(sample, "a byte before the end", before(END, 0x3a)),
                                        oddity(
                                                sample,
                                                "bytes before the end",
                                                before(END, 0x12, 0x9e, 0x44, 0x07, 0xe1)),
                                        oddity(
                                                sample,
                                                "a buffer filled up with zeros",
                                                before(END, new int[1000])),
                                        oddity(
                                                sample,
                                                "fill bytes before the end",
                                                before(END, 0xff, 0xff, 0xff)),
                                        oddity(
                                                sample,
                                                "bytes before the frame header",
                                                before(
                                                        sample.progressive() ? 0xc2 : 0xc0,
                                                        1,
                                                        2,
                                                        3)),
                                        oddity(
                                                sample,
                                                "bytes before a table",
                                                before(0xdb, 0, 0, 0xff, 0, 9)),
                                        oddity(sample, "an unknown JFIF version", jfif(7)),
                                        oddity(sample, "bytes behind the end", behind(1, 2, 3))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("oddities")
    void whatIsNoPartOfThePictureDoesNoHarm(
            JpegSamples sample, String name, UnaryOperator<byte[]> oddity) {
        requireSamePixels(sample.file(), oddity.apply(sample.file()));
    }

    @ParameterizedTest
    @EnumSource(
            value = JpegSamples.class,
            names = {"BASELINE", "ODD_SIZE", "FULL_CHROMA", "RESTARTS", "BEST"})
    void tablesThatCamerasLeaveOutAreTheStandardsOwn(JpegSamples sample) {
        byte[] file = sample.file();
        byte[] without = file;
        for (int at = marker(without, 0xc4, 0); at >= 0; at = marker(without, 0xc4, 0)) {
            int length = (without[at + 2] & 0xff) << 8 | (without[at + 3] & 0xff);
            without = without(without, at, at + 2 + length);
        }
        assertThat(without.length).isLessThan(file.length - 400);
        requireSamePixels(file, without);
        byte[] cut = Arrays.copyOf(without, without.length * 2 / 3);
        requireRefused(cut);
    }

    @Test
    void scanParametersThatASequentialScanHasNotAreNotRead() {
        byte[] file = JpegSamples.BASELINE.file();
        int data = dataOfLastScan(file);
        requireSamePixels(file, replaced(file, data - 3, data, 0, 0, 0));
        requireSamePixels(file, replaced(file, data - 3, data, 5, 7, 0x12));
    }

    @Test
    void aJpegOfMoreThanAHundredScansIsRefused() {
        requireRefused(scanForEachCoefficient(), "at most 100 scans");
    }

    /** An 8x8 grey picture whose every coefficient is zero and comes in two scans of its own. */
    private static byte[] scanForEachCoefficient() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        write(file, 0xff, 0xd8, 0xff, 0xdb, 0, 67, 0);
        for (int i = 0; i < 64; i++) {
            write(file, 1);
        }
        write(file, 0xff, 0xc2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0);
        write(file, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0x3f);
        for (int bits = 1; bits >= 0; bits--) {
            for (int k = 1; k < 64; k++) {
                int before = bits == 1 ? 0 : 1;
                // The end of the block, 1010 in the standard's table.
                write(file, 0xff, 0xda, 0, 8, 1, 1, 0, k, k, before << 4 | bits, 0xaf);
            }
        }
        write(file, 0xff, 0xd9);
        return file.toByteArray();
    }

    private static void write(ByteArrayOutputStream file, int... values) {
        Arrays.stream(values).forEach(file::write);
    }

    private static Arguments loss(JpegSamples sample, String name, UnaryOperator<byte[]> loss) {
        return Arguments.of(sample, name, loss);
    }

    private static Arguments oddity(JpegSamples sample, String name, UnaryOperator<byte[]> oddity) {
        return Arguments.of(sample, name, oddity);
    }

    /** Parts are of all scans together. */
    private static int at(byte[] file, double part) {
        int start = JpegSamples.marker(file, 0xda, 0) + 14;
        return (int) (start + part * (file.length - 2 - start));
    }

    private static UnaryOperator<byte[]> hole(double from, double to) {
        return file -> without(file, at(file, from), at(file, to));
    }

    private static UnaryOperator<byte[]> cut(double part) {
        return file -> Arrays.copyOf(file, at(file, part));
    }

    private static UnaryOperator<byte[]> ended(UnaryOperator<byte[]> loss) {
        return file -> {
            byte[] cut = loss.apply(file);
            return replaced(cut, cut.length, cut.length, 0xff, END);
        };
    }

    private static UnaryOperator<byte[]> filled(double from, double to, int value) {
        return file -> {
            Arrays.fill(file, at(file, from), at(file, to), (byte) value);
            return file;
        };
    }

    private static UnaryOperator<byte[]> before(int code, int... values) {
        return file -> {
            int at = code == END ? file.length - 2 : marker(file, code, 0);
            return replaced(file, at, at, values);
        };
    }

    private static UnaryOperator<byte[]> behind(int... values) {
        return file -> replaced(file, file.length, file.length, values);
    }

    private static UnaryOperator<byte[]> jfif(int version) {
        return file -> replaced(file, 11, 12, version);
    }

    private static void requireSamePixels(byte[] whole, byte[] odd) {
        assertThat(DECODER.decode(odd).rgb()).isEqualTo(DECODER.decode(whole).rgb());
    }

    private static void requireRefused(byte[] file) {
        requireRefused(file, "");
    }

    private static void requireRefused(byte[] file, String message) {
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> DECODER.decode(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE))
                .withMessageContaining(message);
    }
}
