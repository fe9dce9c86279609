package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.GoldenData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoded images that are damaged, misleading or no images at all. */
class HostileImageTest {
    private static final int MUTATIONS_PER_FILE = 300;
    private static final Duration MAX_DECODE_TIME = Duration.ofSeconds(2);

    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    @BeforeAll
    static void loadsTheNativeLibraryOutsideTheClock() {
        new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                .decode(GoldenData.bytes("decode/rgb8.png"));
    }

    static Stream<String> samples() {
        return GoldenDecodeTest.files();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aFileThatEndsEarlyIsRefusedUnlessNoPixelIsMissing(String sample) {
        byte[] whole = GoldenData.bytes("decode/" + sample);
        byte[] pixels = decoder.decode(whole).rgb();
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            try {
                assertThat(decoder.decode(part).rgb()).as("%d bytes", length).isEqualTo(pixels);
            } catch (LiftingException e) {
                assertThat(e.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length * 3 / 4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aDamagedFileIsDecodedOrRefusedInBoundedTime(String sample) {
        byte[] whole = GoldenData.bytes("decode/" + sample);
        Random random = new Random(sample.hashCode());
        ImageDecoder small = new ImageDecoder(1_000_000);
        for (int i = 0; i < MUTATIONS_PER_FILE; i++) {
            byte[] damaged = damaged(whole, random);
            Assertions.assertTimeout(MAX_DECODE_TIME, () -> decodesOrRefuses(small, damaged));
        }
    }

    static Stream<Arguments> hugeHeaders() {
        return Stream.of(
                Arguments.of("rgb8.png", edit(b -> b.putInt(16, 100_000).putInt(20, 100_000))),
                Arguments.of("bmp24.bmp", edit(b -> b.order(LITTLE).putInt(18, 1 << 20))),
                Arguments.of(
                        "gif.gif", edit(b -> b.putShort(6, (short) -1).putShort(8, (short) -1))),
                Arguments.of("webp_lossless.webp", edit(b -> b.putInt(21, -1))),
                Arguments.of("q95_444.jpg", edit(HostileImageTest::enlargeJpeg)),
                Arguments.of("tiff_rgb.tiff", edit(HostileImageTest::enlargeTiff)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hugeHeaders")
    void aHeaderOfTooManyPixelsIsRefusedBeforeDecoding(String sample, Consumer<byte[]> edit) {
        byte[] file = GoldenData.bytes("decode/" + sample);
        edit.accept(file);
        // A decoder that allowed 3 pixels for each byte of memory would need gigabytes.
        ImageDecoder few = new ImageDecoder(40_000).limitedBy("image.max-pixels");
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> few.decode(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.IMAGE_TOO_LARGE))
                .withMessageContaining("at most 40000 pixels (image.max-pixels)");
    }

    @Test
    void theLargestAllowedImageIsDecodedAndOnePixelMoreIsNot() {
        byte[] file = GoldenData.bytes("decode/rgb8.png");
        assertThat(new ImageDecoder(40 * 24).decode(file).width()).isEqualTo(40);
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> new ImageDecoder(40 * 24 - 1).decode(file))
                .withMessage(
                        "image_input is 40 x 24 pixels (960 pixels): at most 959 pixels can be lifted; make it"
                                + " smaller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "BM",
                "RIFF",
                "GIF88a",
                "II+\0",
                "%PDF-1.7",
                "\u0000\u0000\u0001\u0000",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "P6 1 1 255 abc",
                "RIFFxxxxAVI "
            })
    void bytesThatAreNoneOfTheSixFormatsAreRefused(String content) {
        byte[] file = content.getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> decoder.decode(file))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.UNREADABLE_IMAGE))
                .withMessageStartingWith("image_input is " + file.length + " bytes: ");
    }

    @Test
    void aPngChunkLongerThanTheFileIsRefusedBeforeDecoding() {
        byte[] file = GoldenData.bytes("decode/rgb8.png");
        int pixels = new String(file, StandardCharsets.ISO_8859_1).indexOf("IDAT");
        ByteBuffer.wrap(file).putInt(pixels - 4, Integer.MAX_VALUE);
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> decoder.decode(file))
                .withMessageContaining("truncated");
    }

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    private static Consumer<byte[]> edit(Consumer<ByteBuffer> change) {
        return file -> change.accept(ByteBuffer.wrap(file));
    }

    private static void enlargeJpeg(ByteBuffer file) {
        for (int i = 2; i < file.limit(); i++) {
            if ((file.getShort(i) & 0xffff) == 0xffc0) {
                file.putShort(i + 5, (short) -1).putShort(i + 7, (short) -1);
                return;
            }
        }
    }

    private static void enlargeTiff(ByteBuffer file) {
        file.order(LITTLE);
        int directory = file.getInt(4);
        for (int i = 0; i < file.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (file.getShort(entry) == 256 || file.getShort(entry) == 257) {
                file.putShort(entry + 2, (short) 4).putInt(entry + 8, 1 << 20);
            }
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] copy = whole.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    private static void decodesOrRefuses(ImageDecoder decoder, byte[] file) {
        try {
            RgbImage image = decoder.decode(file);
            assertThat(image.rgb()).hasSize(3 * image.width() * image.height());
        } catch (LiftingException e) {
            assertThat(e.reason())
                    .isIn(RejectionReason.UNREADABLE_IMAGE, RejectionReason.IMAGE_TOO_LARGE);
        }
    }
}
