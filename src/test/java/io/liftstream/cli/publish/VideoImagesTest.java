package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FFV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;

import io.liftstream.cli.publish.ImageSupply.TimedImage;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.VideoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoImagesTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    /** Milliseconds; no two steps are the same. */
    private static final long[] TIMES = {0, 40, 100, 350, 360, 1000, 1033, 5000};

    /** Levels of 255 by which a pixel may differ on the average: chroma is halved, JPEG rounds. */
    private static final double TOLERANCE = 8;

    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);

    private static final RenderedFleet FLEET = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);

    @TempDir private Path folder;

    @Test
    void framesComeInTheirOrderAtTheirTimesWithTheirPixels() throws Exception {
        Path video = video("hall.mkv", AV_CODEC_ID_FFV1, 0);

        try (VideoImages images = VideoImages.open(video, true, true)) {
            assertThat(images.length()).isEqualTo(TIMES.length);
            assertThat(images.spanNanos()).isEqualTo(5_000_000_000L);
            assertThat(images.startNanos()).isNull();
            requireRenderedFrames(images);
        }
    }

    @Test
    void framesThatAreStoredOutOfOrderComeInTheOrderInWhichTheyAreShown() throws Exception {
        Path video = video("hall.mp4", AV_CODEC_ID_MPEG4, 2);

        try (VideoImages images = VideoImages.open(video, true, true)) {
            requireRenderedFrames(images);
        }
    }

    @Test
    void aCameraThatWritesJpegFramesIsRead() throws Exception {
        Path video = video("hall.mov", AV_CODEC_ID_MJPEG, 0);

        try (VideoImages images = VideoImages.open(video, true, true)) {
            requireRenderedFrames(images);
        }
    }

    @Test
    void theContainersCreationTimeIsTheStart() throws Exception {
        Path video = folder.resolve("dated.mp4");
        write(
                video,
                AV_CODEC_ID_MPEG4,
                0,
                Map.of("creation_time", "2026-01-31T08:00:00.000000Z"),
                Map.of());

        try (VideoImages images = VideoImages.open(video, true, true)) {
            assertThat(images.startNanos())
                    .isEqualTo(ImageRecording.nanos(Instant.parse("2026-01-31T08:00:00Z")));
        }
    }

    @Test
    void aRecordingGivesAVideosTimesOrASteadyRate() throws Exception {
        Path video = video("hall.mkv", AV_CODEC_ID_FFV1, 0);

        assertThat(captureTimes(video, null))
                .containsExactlyElementsOf(
                        Arrays.stream(TIMES)
                                .mapToObj(millis -> 1_000 + millis * 1_000_000)
                                .toList());
        assertThat(captureTimes(video, 4.0)).startsWith(1_000L, 250_001_000L, 500_001_000L);
        assertThat(captureTimes(video, 4.0)).endsWith(1_750_001_000L);
    }

    /** libswscale refuses to convert fields into whole frames unless both say that they are. */
    @Test
    void interlacedFramesAreConverted() {
        Path video = folder.resolve("interlaced.mp4");
        try (VideoWriter writer =
                new VideoWriter(
                        video,
                        AV_CODEC_ID_MPEG4,
                        WIDTH,
                        HEIGHT,
                        0,
                        Map.of(),
                        Map.of(),
                        Map.of("flags", "+ildct"))) {
            for (int i = 0; i < TIMES.length; i++) {
                writer.add(rendered(i), TIMES[i]);
            }
        }

        try (VideoImages images = VideoImages.open(video, true, true)) {
            requireRenderedFrames(images);
        }
    }

    /** Read in the colour space of older videos, this green is 18 levels off on the average. */
    @Test
    void coloursAreReadInTheColourSpaceThatTheVideoNames() {
        Path video = folder.resolve("green.mkv");
        byte[] green = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < green.length; i += 3) {
            green[i + 1] = (byte) 200;
        }
        try (VideoWriter writer =
                new VideoWriter(video, AV_CODEC_ID_FFV1, WIDTH, HEIGHT, 0, Map.of(), Map.of())) {
            writer.add(new RgbImage(WIDTH, HEIGHT, green), 0);
        }

        try (VideoImages images = VideoImages.open(video, true, true)) {
            RgbImage found = DECODER.decode(images.next().encoded());
            assertThat(difference(found, new RgbImage(WIDTH, HEIGHT, green))).isLessThan(4);
            assertThat(images.next()).isNull();
        }
    }

    @Test
    void aFrameThatIsBrokenIsToldWhereItComes() throws Exception {
        Path video = video("scratched.mov", AV_CODEC_ID_MJPEG, 0);
        byte[] bytes = Files.readAllBytes(video);
        Arrays.fill(bytes, bytes.length / 3, bytes.length * 2 / 3, (byte) 0);
        Files.write(video, bytes);

        try (VideoImages images = VideoImages.open(video, true, true)) {
            assertThat(images.length()).isEqualTo(TIMES.length);
            assertThat(images.next().offsetNanos()).isZero();
            requireBroken(images, video);
        }
    }

    /** FFmpeg would fill the damage from the frames around it. */
    @Test
    void aFewDamagedBytesAreNotPaintedOver() throws Exception {
        Path video = video("spotted.mp4", AV_CODEC_ID_MPEG4, 0);
        byte[] bytes = Files.readAllBytes(video);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 16, (byte) 0x55);
        Files.write(video, bytes);

        try (VideoImages images = VideoImages.open(video, true, true)) {
            RgbImage first = DECODER.decode(images.next().encoded());
            assertThat(difference(first, rendered(0))).isLessThan(TOLERANCE);
            requireBroken(images, video);
        }
    }

    private static void requireBroken(VideoImages images, Path video) {
        assertThatThrownBy(
                        () -> {
                            while (images.next() != null) {
                                // Until the broken one.
                            }
                        })
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining(video.toString())
                .hasMessageContaining("cannot be decoded");
    }

    /** What is shown before time 0 stays in the file, with an edit list that leaves it out. */
    @Test
    void aVideoThatWasTrimmedIsWhole() {
        Path video = folder.resolve("trimmed.mov");
        int trimmed = 4;
        try (VideoWriter writer =
                new VideoWriter(video, AV_CODEC_ID_MJPEG, WIDTH, HEIGHT, 0, Map.of(), Map.of())) {
            for (int i = 0; i < TIMES.length; i++) {
                writer.add(rendered(i), TIMES[i] - TIMES[trimmed]);
            }
        }

        try (VideoFile file = VideoFile.open(video)) {
            assertThat(file.stream().nb_frames()).isEqualTo(TIMES.length);
        }
        try (VideoImages images = VideoImages.open(video, true, true)) {
            assertThat(images.length()).isEqualTo(TIMES.length - trimmed);
            for (int i = trimmed; i < TIMES.length; i++) {
                TimedImage image = images.next();
                assertThat(image.offsetNanos()).isEqualTo((TIMES[i] - TIMES[trimmed]) * 1_000_000);
                assertThat(difference(DECODER.decode(image.encoded()), rendered(i)))
                        .isLessThan(TOLERANCE);
            }
            assertThat(images.next()).isNull();
        }
    }

    @Test
    void aFileThatIsNoVideoIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.mp4"), "These are notes. ".repeat(99));

        refuses(text, "that FFmpeg cannot read");
        refuses(Files.createFile(folder.resolve("empty.mp4")), "that FFmpeg cannot read");
    }

    @Test
    void aVideoThatIsCutShortIsRefused() throws Exception {
        refuses(cut(video("tail.mp4", AV_CODEC_ID_MPEG4, 0)), "that FFmpeg cannot read");
        Path indexed = folder.resolve("head.mp4");
        write(indexed, AV_CODEC_ID_MPEG4, 0, Map.of(), Map.of("movflags", "faststart"));
        refuses(cut(indexed), "cut short");
    }

    @Test
    void soundAloneIsRefused() throws Exception {
        ByteBuffer wave = ByteBuffer.allocate(8044).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(8036);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wave.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
        wave.putShort((short) 2).putShort((short) 16);
        wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(8000);

        refuses(Files.write(folder.resolve("talk.wav"), wave.array()), "without video");
    }

    @Test
    void aVideoWithoutFramesIsRefused() throws Exception {
        Path video = folder.resolve("none.avi");
        new VideoWriter(video, AV_CODEC_ID_FFV1, WIDTH, HEIGHT, 0, Map.of(), Map.of()).close();

        refuses(video, "without a frame");
    }

    private static void refuses(Path video, String why) {
        assertThatThrownBy(() -> VideoImages.open(video, true, true))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(video.toString())
                .hasMessageContaining(why)
                .hasMessageContaining("give a whole video file");
    }

    private static void requireRenderedFrames(VideoImages images) {
        int count = 0;
        for (TimedImage image = images.next(); image != null; image = images.next()) {
            assertThat(image.offsetNanos()).isEqualTo(TIMES[count] * 1_000_000);
            RgbImage found = DECODER.decode(image.encoded());
            assertThat(found.width()).isEqualTo(WIDTH);
            assertThat(found.height()).isEqualTo(HEIGHT);
            double own = difference(found, rendered(count));
            assertThat(own).isLessThan(TOLERANCE);
            for (int other = 0; other < TIMES.length; other++) {
                if (other != count) {
                    assertThat(difference(found, rendered(other))).isGreaterThan(own);
                }
            }
            count++;
        }
        assertThat(count).isEqualTo(TIMES.length);
    }

    private static List<Long> captureTimes(Path video, Double fps) throws IOException {
        List<Long> times = new ArrayList<>();
        try (VideoImages images = VideoImages.open(video, fps == null, true)) {
            ImageRecording recording = new ImageRecording(images, 1_000, fps);
            assertThat(recording.firstNanos()).isEqualTo(1_000);
            for (var image = recording.next(); image != null; image = recording.next()) {
                assertThat(image.sequence()).isEqualTo(times.size());
                times.add(image.captureTimeNanos());
            }
            assertThat(recording.lastNanos()).isEqualTo(times.get(times.size() - 1));
        }
        return times;
    }

    private Path video(String name, int codec, int bFrames) {
        Path video = folder.resolve(name);
        write(video, codec, bFrames, Map.of(), Map.of());
        return video;
    }

    private static void write(
            Path video,
            int codec,
            int bFrames,
            Map<String, String> metadata,
            Map<String, String> muxer) {
        try (VideoWriter writer =
                new VideoWriter(video, codec, WIDTH, HEIGHT, bFrames, metadata, muxer)) {
            for (int i = 0; i < TIMES.length; i++) {
                writer.add(rendered(i), TIMES[i]);
            }
        }
    }

    /** Far enough apart on the camera's path that no two frames look alike. */
    private static RgbImage rendered(int index) {
        return DECODER.decode(FLEET.jpeg(0, 12 * index));
    }

    private static double difference(RgbImage a, RgbImage b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return (double) sum / a.rgb().length;
    }

    private static Path cut(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
    }
}
