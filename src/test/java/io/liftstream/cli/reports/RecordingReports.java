package io.liftstream.cli.reports;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;

import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.testing.ExifJpeg;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recordings as users have them: what of them is sent, and what is said. */
final class RecordingReports {
    private static final String START = "2026-01-31T08:00:00Z";
    private static final List<Integer> ALL = IntStream.range(0, Footage.FRAMES).boxed().toList();

    private RecordingReports() {}

    static Stream<FieldReport> all() {
        return Stream.of(
                new FieldReport("65 a photo larger than the topic takes", RecordingReports::large),
                new FieldReport(
                        "66 interlaced video",
                        desk ->
                                sent(
                                        desk,
                                        Footage.video(
                                                desk.folder().resolve("a.mp4"),
                                                AV_CODEC_ID_MPEG4,
                                                0,
                                                Map.of("flags", "+ildct")),
                                        ALL)),
                new FieldReport(
                        "68 AVI with B-frames, which has decode times alone",
                        desk ->
                                sent(
                                        desk,
                                        Footage.video(
                                                desk.folder().resolve("a.avi"),
                                                AV_CODEC_ID_MPEG4,
                                                2,
                                                Map.of()),
                                        ALL)),
                new FieldReport("70 H.264 that lost a packet", RecordingReports::lostPacket),
                new FieldReport("75 a camera whose clock was ahead", RecordingReports::ahead),
                new FieldReport(
                        "76 numbers in names without leading zeros",
                        desk -> sent(desk, Footage.pictures(desk.folder(), "frame_%d.png"), ALL)),
                new FieldReport("78 strangers in the folder", RecordingReports::strangers),
                new FieldReport(
                        "78 beside: a photo that was taken upright", RecordingReports::upright),
                new FieldReport(
                        "78 beside: a video of a phone held upright", RecordingReports::phone),
                new FieldReport(
                        "78 beside: a video turned by no whole quarters", RecordingReports::askew),
                new FieldReport(
                        "75 beside: a dry run needs no broker", RecordingReports::withoutBroker));
    }

    private static void sent(ReportDesk desk, Path source, List<Integer> indices) throws Exception {
        JobTopics topics = published(desk, source);
        desk.succeeds().says("12 images of c");
        Footage.requireSent(desk, topics, indices, index -> index);
    }

    private static JobTopics published(ReportDesk desk, Path source) throws Exception {
        JobTopics topics = topics(desk);
        if (Files.isDirectory(source)) {
            publish(desk, source, topics, "--start", START, "--fps", 10);
        } else {
            publish(desk, source, topics, "--start", START);
        }
        return topics;
    }

    private static JobTopics topics(ReportDesk desk) throws Exception {
        JobTopics topics = JobTopics.named(desk.folder().getFileName().toString());
        desk.broker().createFramesTopic(topics.frames(), 1);
        return topics;
    }

    private static void publish(ReportDesk desk, Path source, JobTopics topics, Object... more) {
        Object[] fixed = {
            "publish",
            source,
            "--camera",
            "c",
            "--topic",
            topics.frames(),
            "--bootstrap-servers",
            desk.broker().bootstrapServers(),
            "--as-fast-as-possible"
        };
        desk.run(Stream.concat(Stream.of(fixed), Stream.of(more)).toArray());
    }

    private static void large(ReportDesk desk) throws Exception {
        Path pictures = Footage.pictures(desk.folder(), "%02d.jpg");
        byte[] noise = new byte[3 * 900 * 800];
        new Random(1).nextBytes(noise);
        Files.write(pictures.resolve("big.png"), ImageEncoder.png(new RgbImage(900, 800, noise)));
        JobTopics topics = published(desk, pictures);
        desk.fails(2)
                .says("big.png has ", "at most 1048588 (its max.message.bytes); raise that to");
        Footage.requireSent(desk, topics, List.of(), index -> index);
    }

    /** A packet that never came has no number. */
    private static void lostPacket(ReportDesk desk) throws Exception {
        Path video =
                Footage.video(
                        desk.folder().resolve("a.mkv"), AV_CODEC_ID_H264, 0, Map.of("g", "8"));
        JobTopics topics = published(desk, video);
        desk.fails(1).says("2 frames from 600 ms on left out");
        Footage.requireSent(
                desk,
                topics,
                List.of(0, 1, 2, 3, 4, 8, 9, 10, 11),
                index -> index < Footage.LOST ? index : index - 1);
    }

    private static void ahead(ReportDesk desk) throws Exception {
        Instant nextYear = Instant.now().plus(400 * 24 + 6, ChronoUnit.HOURS);
        Path video = desk.folder().resolve("future.mp4");
        Footage.video(
                video,
                AV_CODEC_ID_MPEG4,
                0,
                Map.of(),
                Map.of("creation_time", nextYear.toString()));
        JobTopics topics = topics(desk);
        publish(desk, video, topics, "--dry-run");
        desk.succeeds().says("taken up to 400 days after", "BAD_CLOCK", "give --start with");
        publish(desk, video, topics, "--dry-run", "--start", START);
        desk.succeeds().complainsInLines(0);
        Footage.requireSent(desk, topics, List.of(), index -> index);
    }

    private static void strangers(ReportDesk desk) throws Exception {
        Path pictures = Footage.pictures(desk.folder(), "%02d.jpg");
        Files.write(pictures.resolve("03.jpg"), new byte[0]);
        Files.move(pictures.resolve("05.jpg"), pictures.resolve("05.jfif"));
        Files.write(pictures.resolve("._00.jpg"), new byte[104]);
        Files.write(pictures.resolve("04b.heic"), new byte[99]);
        JobTopics topics = published(desk, pictures);
        desk.fails(1)
                .says(
                        "1 other file in " + pictures + ": ._00.jpg",
                        "1 picture in " + pictures + " of a format that cannot be read",
                        "04b.heic; those behind move up by its time",
                        "03.jpg is left out: it is empty")
                .complainsInLines(3);
        Footage.requireSent(
                desk, topics, List.of(0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11), index -> index);
    }

    private static void upright(ReportDesk desk) throws Exception {
        Path pictures = Footage.pictures(desk.folder(), "%02d.jpg");
        byte[] turned = ImageEncoder.jpeg(Footage.halfTurn(Footage.rendered(2)));
        Files.write(pictures.resolve("02.jpg"), ExifJpeg.oriented(turned, 3));
        JobTopics topics = published(desk, pictures);
        desk.succeeds().says("1 of 12 images", "02.jpg first, are turned upright");
        Footage.requireSent(desk, topics, ALL, index -> index);
    }

    /** Its frames are stored upside down, and its display matrix turns them. */
    private static void phone(ReportDesk desk) throws Exception {
        Path video = Footage.upsideDown(desk.folder().resolve("phone.mp4"), -1, 0, 0, -1);
        JobTopics topics = published(desk, video);
        desk.succeeds().says("phone.mp4 are turned upright as its display matrix says");
        Footage.requireSent(desk, topics, ALL, index -> index);
    }

    private static void askew(ReportDesk desk) throws IOException {
        Path video = Footage.upsideDown(desk.folder().resolve("askew.mp4"), 1, 1, -1, 1);
        desk.run("publish", video, "--camera", "c", "--dry-run")
                .fails(2)
                .says("askew.mp4 is a video whose display matrix turns it by an angle");
        desk.run("publish", video, "--camera", "c", "--dry-run", "--ignore-orientation").succeeds();
    }

    private static void withoutBroker(ReportDesk desk) throws IOException {
        Path pictures = Footage.pictures(desk.folder(), "%02d.jpg");
        desk.run("publish", pictures, "--camera", "c", "--fps", 10, "--dry-run")
                .succeeds()
                .says("12 images of c", "to liftstream.frames on brokers that are not named")
                .complainsInLines(0);
        desk.run("publish", pictures, "--camera", "c", "--fps", 10)
                .fails(2)
                .says("kafka.bootstrap-servers is missing");
    }
}
