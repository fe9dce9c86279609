package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of thermal and machine-vision cameras become pictures that can be looked at. */
class Grey16RangeTest {
    private static final int WIDTH = 50;
    private static final int HEIGHT = 40;
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    @Test
    void aPicturesOwnDarkestAndBrightestBecomeBlackAndWhite() {
        byte[] grey = grey(Grey16Range.auto(), i -> 20_000 + 10 * i);

        // 0.1 % of 2000 pixels, two, are clipped at each end.
        assertThat(grey).startsWith(0, 0, 0).endsWith(255, 255, 255);
        assertThat(grey[WIDTH * HEIGHT / 2] & 0xff).isBetween(127, 128);
        assertThat(distinct(grey)).isEqualTo(256);
    }

    @Test
    void aFewDeadPixelsTakeNoContrastFromTheOthers() {
        byte[] grey =
                grey(Grey16Range.auto(), i -> i == 70 ? 65_535 : i == 71 ? 0 : 20_000 + i % 1000);

        assertThat(grey[70] & 0xff).isEqualTo(255);
        assertThat(grey[71] & 0xff).isZero();
        assertThat(distinct(grey)).isEqualTo(256);
    }

    @Test
    void everyPixelOfASmallPictureCounts() {
        Grey16Image small = new Grey16Image(3, 1, new short[] {100, 200, 300});

        assertThat(Grey16Range.auto().rgb(small).rgb())
                .containsExactly(0, 0, 0, 128, 128, 128, 255, 255, 255);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000, 65_534, 65_535})
    void aPictureOfOneValueHasItsBrightnessAmongAllValues(int value) {
        int expected = Math.round(value / 257f);

        assertThat(grey(Grey16Range.auto(), i -> value)).containsOnly(expected);
    }

    @Test
    void aRangeIsTheSameInEveryPicture() {
        Grey16Range range = Grey16Range.parse("20000:40000");

        assertThat(grey(range, i -> 30_000)).containsOnly(128);
        assertThat(grey(range, i -> 19_000 + i % 1000)).containsOnly(0);
        assertThat(grey(range, i -> 40_000 + i % 1000)).containsOnly(255);
        assertThat(grey(Grey16Range.parse("0:65535"), i -> 257 * (i % 256)))
                .isEqualTo(grey(Grey16Range.clipped(), i -> i % 256));
    }

    @Test
    void pngAndTiffFilesBecomeTheSamePicture() {
        byte[] png = PngSamples.grey16(WIDTH, HEIGHT, i -> 20_000 + 10 * i);
        byte[] little = new TiffSample(WIDTH, HEIGHT, true).grey16(i -> 20_000 + 10 * i);
        byte[] big = new TiffSample(WIDTH, HEIGHT, false).grey16(i -> 20_000 + 10 * i);
        byte[] expected = expand(grey(Grey16Range.auto(), i -> 20_000 + 10 * i));

        for (byte[] file : new byte[][] {png, little, big}) {
            assertThat(DECODER.decode(file).rgb()).isEqualTo(expected);
            byte[] clipped = DECODER.withGrey16Range(Grey16Range.clipped()).decode(file).rgb();
            assertThat(clipped).containsOnly(255);
        }
    }

    @Test
    void theOutermostValuesOfAFileAreTold() {
        byte[] png = PngSamples.grey16(2, 1, i -> i == 0 ? 0 : 65_535);

        assertThat(DECODER.decode(png).rgb()).containsExactly(0, 0, 0, 255, 255, 255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "5", "5:5", "9:5", "-1:5", "0:65536", "0:1:2", "0..9", "AUTO", ":"})
    void otherTextIsNoRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grey16Range.parse(text))
                .withMessage(text + ": it must be " + Grey16Range.RULE);
    }

    private static byte[] grey(Grey16Range range, IntUnaryOperator values) {
        short[] all = new short[WIDTH * HEIGHT];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) values.applyAsInt(i);
        }
        byte[] rgb = range.rgb(new Grey16Image(WIDTH, HEIGHT, all)).rgb();
        byte[] grey = new byte[all.length];
        for (int i = 0; i < grey.length; i++) {
            assertThat(rgb[3 * i + 1]).isEqualTo(rgb[3 * i]);
            assertThat(rgb[3 * i + 2]).isEqualTo(rgb[3 * i]);
            grey[i] = rgb[3 * i];
        }
        return grey;
    }

    private static byte[] expand(byte[] grey) {
        byte[] rgb = new byte[3 * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / 3];
        }
        return rgb;
    }

    private static int distinct(byte[] values) {
        boolean[] seen = new boolean[256];
        int count = 0;
        for (byte value : values) {
            count += seen[value & 0xff] ? 0 : 1;
            seen[value & 0xff] = true;
        }
        return count;
    }
}
