package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.ExifJpeg;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures whose EXIF data say that they are to be turned. */
class OrientationTest {
    private static final int WIDTH = 32;
    private static final int HEIGHT = 16;
    private static final ImageDecoder STORED = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final ImageDecoder UPRIGHT = STORED.upright();

    /** Levels of 255 by which a JPEG's pixel may differ: eight of one value are one block. */
    private static final int TOLERANCE = 6;

    static Stream<Arguments> turnedFiles() {
        return IntStream.rangeClosed(1, 8)
                .boxed()
                .flatMap(
                        value ->
                                Stream.of(".png", ".jpg", ".webp")
                                        .map(name -> Arguments.of(value, name)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("turnedFiles")
    void aPictureIsTurnedWhereThatIsAskedFor(int value, String extension) {
        byte[] plain = encoded(extension);
        byte[] file = withExif(plain, extension, TiffSample.exif(value, value % 2 == 0));

        assertThat(STORED.decode(file).rgb()).isEqualTo(STORED.decode(plain).rgb());
        assertThat(STORED.orientation(file).ordinal() + 1).isEqualTo(value);
        requireTurned(value, STORED.decode(plain), UPRIGHT.decode(file), 0);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("turnedFiles")
    void aFileIsMadeUprightAndStaysItselfWhereItIs(int value, String extension) {
        byte[] plain = encoded(extension);
        byte[] file = withExif(plain, extension, TiffSample.exif(value, true));

        byte[] upright = UPRIGHT.turnedUpright(file);

        assertThat(STORED.orientation(upright)).isEqualTo(Orientation.UPRIGHT);
        if (value == 1) {
            assertThat(upright).isSameAs(file);
            return;
        }
        boolean jpeg = extension.equals(".jpg");
        assertThat(STORED.format(upright)).isEqualTo(jpeg ? ImageFormat.JPEG : ImageFormat.PNG);
        requireTurned(value, STORED.decode(plain), STORED.decode(upright), jpeg ? TOLERANCE : 0);
    }

    @Test
    void sixteenBitsAreTurnedWithoutLoss() {
        byte[] plain = PngSamples.grey16(WIDTH, HEIGHT, i -> 20_000 + i);
        byte[] file = withExif(plain, ".png", TiffSample.exif(6, true));

        Grey16Image upright = STORED.decodeGrey16(UPRIGHT.turnedUpright(file));

        assertThat(upright.width()).isEqualTo(HEIGHT);
        assertThat(upright.values()[HEIGHT - 1]).isEqualTo((short) 20_000);
        assertThat(upright.values()[HEIGHT - 2]).isEqualTo((short) (20_000 + WIDTH));
        requireTurned(6, STORED.decode(plain), UPRIGHT.decode(file), 0);
    }

    /** Pillow and OpenCV turn a TIFF whatever they are asked for. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aTiffsOwnOrientationIsPartOfItsPixels(int value) {
        byte[] plain = new TiffSample(WIDTH, HEIGHT, true).grey8(i -> i % 251);
        byte[] turned = new TiffSample(WIDTH, HEIGHT, true).oriented(value).grey8(i -> i % 251);
        byte[] thermal = new TiffSample(WIDTH, HEIGHT, false).oriented(value).grey16(i -> i % 251);

        requireTurned(value, STORED.decode(plain), STORED.decode(turned), 0);
        assertThat(UPRIGHT.decode(turned).rgb()).isEqualTo(STORED.decode(turned).rgb());
        assertThat(STORED.orientation(turned)).isEqualTo(Orientation.UPRIGHT);
        assertThat(STORED.turnedUpright(turned)).isSameAs(turned);
        requireTurned(
                value,
                STORED.decode(plain),
                STORED.withGrey16Range(Grey16Range.clipped()).decode(thermal),
                0);
    }

    static Stream<byte[]> brokenExif() {
        byte[] whole = TiffSample.exif(6, true);
        byte[] farDirectory = whole.clone();
        ByteBuffer.wrap(farDirectory).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 1 << 30);
        return Stream.of(
                new byte[0],
                Arrays.copyOf(whole, 12),
                farDirectory,
                TiffSample.exif(0, true),
                TiffSample.exif(9, false),
                TiffSample.exif(0x600, false));
    }

    @ParameterizedTest
    @MethodSource("brokenExif")
    void exifDataThatMakeNoSenseSpoilNoPicture(byte[] exif) {
        for (String extension : new String[] {".png", ".jpg", ".webp"}) {
            byte[] plain = encoded(extension);
            byte[] file = withExif(plain, extension, exif);
            assertThat(UPRIGHT.decode(file).rgb()).isEqualTo(STORED.decode(plain).rgb());
            assertThat(UPRIGHT.turnedUpright(file)).isSameAs(file);
        }
    }

    /** By the standard's words for rows and columns, not by ours. */
    private static void requireTurned(int value, RgbImage stored, RgbImage turned, int tolerance) {
        boolean quarter = value > 4;
        assertThat(turned.width()).isEqualTo(quarter ? stored.height() : stored.width());
        assertThat(turned.height()).isEqualTo(quarter ? stored.width() : stored.height());
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        for (int row = 0; row <= bottom; row++) {
            for (int column = 0; column <= right; column++) {
                int shownRow =
                        switch (value) {
                            case 1, 2 -> row;
                            case 3, 4 -> bottom - row;
                            case 5, 6 -> column;
                            default -> right - column;
                        };
                int shownColumn =
                        switch (value) {
                            case 1, 4 -> column;
                            case 2, 3 -> right - column;
                            case 5, 8 -> row;
                            default -> bottom - row;
                        };
                for (int channel = 0; channel < 3; channel++) {
                    int shown = turned.rgb()[at(turned, shownRow, shownColumn, channel)] & 0xff;
                    int kept = stored.rgb()[at(stored, row, column, channel)] & 0xff;
                    assertThat(shown).isBetween(kept - tolerance, kept + tolerance);
                }
            }
        }
    }

    private static int at(RgbImage image, int row, int column, int channel) {
        return 3 * (row * image.width() + column) + channel;
    }

    /** Blocks of eight by eight, each of a colour of its own. */
    private static byte[] encoded(String extension) {
        byte[] bgr = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < bgr.length; i++) {
            int pixel = i / 3;
            bgr[i] = (byte) (20 + 25 * (pixel % WIDTH / 8) + 110 * (pixel / WIDTH / 8));
        }
        OpenCv.prepare();
        try (BytePointer pixels = new BytePointer(bgr);
                Mat image = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, pixels);
                BytePointer file = new BytePointer()) {
            opencv_imgcodecs.imencode(extension, image, file);
            byte[] bytes = new byte[(int) file.limit()];
            file.get(bytes);
            return bytes;
        }
    }

    /** Where the matrix takes each pixel, there the upright picture has it. */
    @ParameterizedTest
    @EnumSource(Orientation.class)
    void aMatrixSaysWhatExifSays(Orientation orientation) {
        RgbImage stored =
                new RgbImage(
                        3, 2, new byte[] {0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 5, 0, 0});
        int found = 0;
        for (int[] m :
                new int[][] {
                    {1, 0, 0, 1},
                    {-1, 0, 0, 1},
                    {1, 0, 0, -1},
                    {-1, 0, 0, -1},
                    {0, 1, 1, 0},
                    {0, -1, 1, 0},
                    {0, 1, -1, 0},
                    {0, -1, -1, 0}
                }) {
            if (Orientation.ofMatrix(m[0], m[1], m[2], m[3]).orElseThrow() != orientation) {
                continue;
            }
            found++;
            RgbImage upright = orientation.upright(stored);
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 3; x++) {
                    // From the middle, in halves of a pixel.
                    int column = m[0] * (2 * x - 2) + m[2] * (2 * y - 1);
                    int row = m[1] * (2 * x - 2) + m[3] * (2 * y - 1);
                    int at =
                            (row + upright.height() - 1) / 2 * upright.width()
                                    + (column + upright.width() - 1) / 2;
                    assertThat(upright.rgb()[3 * at]).isEqualTo((byte) (3 * y + x));
                }
            }
        }
        assertThat(found).isOne();
        assertThat(Orientation.ofMatrix(1, 1, -1, 1)).isEmpty();
    }

    private static byte[] withExif(byte[] file, String extension, byte[] exif) {
        return switch (extension) {
            case ".png" -> PngSamples.with(file, "eXIf", exif);
            case ".jpg" -> ExifJpeg.with(file, exif);
            default -> webpWithExif(file, exif);
        };
    }

    private static byte[] webpWithExif(byte[] file, byte[] exif) {
        int padded = exif.length + exif.length % 2;
        ByteBuffer changed = ByteBuffer.allocate(file.length + 18 + 8 + padded);
        changed.order(ByteOrder.LITTLE_ENDIAN).put(file, 0, 12);
        // The extended header that announces EXIF, with width and height less one.
        changed.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(8);
        changed.putShort((short) (WIDTH - 1)).put((byte) 0);
        changed.putShort((short) (HEIGHT - 1)).put((byte) 0);
        changed.put(file, 12, file.length - 12);
        changed.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
        return changed.putInt(4, changed.capacity() - 8).array();
    }
}
