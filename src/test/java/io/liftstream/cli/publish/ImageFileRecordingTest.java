package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.cli.publish.ImageSupply.TimedImage;
import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileRecordingTest {
    private static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

    @TempDir private Path folder;

    @Test
    void imagesWereTakenWhenTheirFilesWereModified() throws Exception {
        try (ImageFileRecording images =
                ImageFileRecording.byFileTime(List.of(file("a.jpg", 0), file("b.jpg", 250)))) {
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
                ImageFileRecording.untimed(List.of(file("a.jpg", 900), file("b.jpg", 250)))) {
            assertThat(images.startNanos()).isNull();
            assertThat(images.spanNanos()).isZero();
            requireNext(images, 0, "a.jpg");
            requireNext(images, 0, "b.jpg");
        }
    }

    @Test
    void fileTimesAgainstTheOrderOfTheNamesAreRefused() throws Exception {
        List<Path> files = List.of(file("a.jpg", 900), file("b.jpg", 250));

        assertThatThrownBy(() -> ImageFileRecording.byFileTime(files))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("b.jpg was modified before a.jpg")
                .hasMessageContaining("give --fps");
    }

    private static void requireNext(ImageFileRecording images, long offsetNanos, String text)
            throws IOException {
        TimedImage image = images.next();
        assertThat(image.offsetNanos()).isEqualTo(offsetNanos);
        assertThat(image.encoded()).asString().isEqualTo(text);
    }

    private Path file(String name, long millis) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name);
        return Files.setLastModifiedTime(file, FileTime.from(START.plusMillis(millis)));
    }
}
