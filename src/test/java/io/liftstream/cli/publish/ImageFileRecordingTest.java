package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.cli.publish.ImageSupply.TimedImage;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.Orientation;
import io.liftstream.image.RgbImage;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.testing.ExifJpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileRecordingTest {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

    @TempDir private Path folder;

    @Test
    void imagesWereTakenWhenTheirFilesWereModified() throws Exception {
        try (ImageFileRecording images =
                ImageFileRecording.byFileTime(
                        List.of(file("a.jpg", 0), file("b.jpg", 250)), true)) {
            assertThat(images.length()).isEqualTo(2);
            assertThat(images.counted()).isTrue();
            assertThat(images.spanNanos()).isEqualTo(250_000_000);
            assertThat(images.startNanos()).isEqualTo(ImageRecording.nanos(START));
            requireNext(images, 0, "a.jpg");
            requireNext(images, 250_000_000, "b.jpg");
            assertThat(images.next()).isNull();
        }
    }

    @Test
    void withoutTimesTheyDoNotSayWhenTheyWereTaken() throws Exception {
        try (ImageFileRecording images =
                ImageFileRecording.untimed(List.of(file("a.jpg", 900), file("b.jpg", 250)), true)) {
            assertThat(images.startNanos()).isNull();
            assertThat(images.spanNanos()).isZero();
            requireNext(images, 0, "a.jpg");
            requireNext(images, 0, "b.jpg");
        }
    }

    @Test
    void fileTimesAgainstTheOrderOfTheNamesAreRefused() throws Exception {
        List<Path> files = List.of(file("a.jpg", 900), file("b.jpg", 250));

        assertThatThrownBy(() -> ImageFileRecording.byFileTime(files, true))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("b.jpg was modified before a.jpg")
                .hasMessageContaining("give --fps");
    }

    private static void requireNext(ImageFileRecording images, long offsetNanos, String text)
            throws IOException {
        TimedImage image = images.next();
        assertThat(image.offsetNanos()).isEqualTo(offsetNanos);
        assertThat(image.encoded()).isEqualTo(picture(text));
    }

    private Path file(String name, long millis) throws IOException {
        Path file = Files.write(folder.resolve(name), picture(name));
        return Files.setLastModifiedTime(file, FileTime.from(START.plusMillis(millis)));
    }

    @Test
    void aFileThatIsNotWholeIsLeftOutAndKeepsItsNumberAndItsTime() throws Exception {
        Path empty = file("b.jpg", 100);
        Files.write(empty, new byte[0]);
        Files.setLastModifiedTime(empty, FileTime.from(START.plusMillis(100)));
        List<Path> files = List.of(file("a.jpg", 0), empty, file("c.jpg", 200));

        try (ImageFileRecording images = ImageFileRecording.byFileTime(files, true)) {
            assertThat(images.leftOut())
                    .singleElement()
                    .asString()
                    .contains(empty + " is left out");
            assertThat(images.next().index()).isZero();
            TimedImage third = images.next();
            assertThat(third.index()).isEqualTo(2);
            assertThat(third.offsetNanos()).isEqualTo(200_000_000);
            assertThat(images.next()).isNull();
        }
        assertThatThrownBy(() -> ImageFileRecording.untimed(List.of(empty), true))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(empty.toString());
    }

    @Test
    void aPictureLargerThanTheTopicTakesIsNamedWithTheLimit() throws Exception {
        try (ImageFileRecording images =
                ImageFileRecording.untimed(List.of(file("a.jpg", 0)), true)) {
            requireWithin(new FrameLimit("hall.frames", 1_000_000), images);
            assertThatThrownBy(() -> requireWithin(new FrameLimit("hall.frames", 600), images))
                    .isInstanceOf(InvalidConfigurationException.class)
                    .hasMessageContaining("a.jpg has ")
                    .hasMessageContaining("topic hall.frames takes messages of at most 600")
                    .hasMessageContaining("max.message.bytes");
        }
    }

    private static void requireWithin(FrameLimit limit, ImageSupply images) {
        limit.require(images.largestName(), images.largestBytes());
    }

    @Test
    void aPictureIsTurnedAsItsExifOrientationSaysAndThatIsSaid() throws Exception {
        Path plain = file("a.jpg", 0);
        Path oriented = Files.write(folder.resolve("b.jpg"), ExifJpeg.oriented(tall("b"), 6));

        try (ImageFileRecording images =
                ImageFileRecording.untimed(List.of(plain, oriented), true)) {
            assertThat(images.changes())
                    .singleElement()
                    .asString()
                    .startsWith("1 of 2 images, " + oriented + " first, are turned upright")
                    .contains("JPEG of quality 92")
                    .contains("--ignore-orientation");
            assertThat(images.next().encoded()).isEqualTo(picture("a.jpg"));
            byte[] sent = images.next().encoded();
            assertThat(images.largestBytes()).isEqualTo(Math.max(sent.length, Files.size(plain)));
            RgbImage upright = DECODER.decode(sent);
            assertThat(upright.width()).isEqualTo(32);
            assertThat(upright.height()).isEqualTo(16);
            assertThat(DECODER.orientation(sent)).isEqualTo(Orientation.UPRIGHT);
        }
        try (ImageFileRecording images =
                ImageFileRecording.untimed(List.of(plain, oriented), false)) {
            assertThat(images.changes()).isEmpty();
            images.next();
            assertThat(images.next().encoded()).isEqualTo(Files.readAllBytes(oriented));
        }
    }

    private static byte[] tall(String name) {
        byte[] rgb = new byte[3 * 16 * 32];
        Arrays.fill(rgb, (byte) (10 * name.charAt(0)));
        return ImageEncoder.jpeg(new RgbImage(16, 32, rgb));
    }

    /** A picture of a colour of its own. */
    private static byte[] picture(String name) {
        byte[] rgb = new byte[3 * 16 * 16];
        Arrays.fill(rgb, (byte) (10 * name.charAt(0)));
        return ImageEncoder.jpeg(new RgbImage(16, 16, rgb));
    }
}
