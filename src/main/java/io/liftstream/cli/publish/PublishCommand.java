package io.liftstream.cli.publish;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.ImageFiles;
import io.liftstream.cli.console.Interruption;
import io.liftstream.cli.console.PositiveNumber;
import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.cli.publish.ImageRecording.CapturedImage;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.DurationText;
import io.liftstream.frame.ForeignText;
import io.liftstream.image.ImageEncoder;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.FrameProducer;
import io.liftstream.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Publishes a folder of images, or a video, as the recording of one camera. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes a folder of images, in the order of their names (2 before 10), or a video file as one"
                    + " camera's recording, at the pace at which it was taken; or a live camera, until"
                    + " Ctrl-C.",
            "A live camera's MJPEG is passed on unchanged, H.264 and H.265 are decoded and sent as"
                    + " JPEG. The capture time is the camera's (RTCP) or the device driver's; if none arrives"
                    + " within 10 s, this machine's. A broken connection is re-established. A frame that is too"
                    + " large for the topic is omitted and counted; if it is the first, nothing is sent.",
            "The capture time of an image file is its modification time; that of a video frame is"
                    + " --start plus its time in the video. --fps replaces both with a steady rate. Sequence"
                    + " numbers count from 0.",
            "A video is read completely once before anything is sent, so that a truncated one is"
                    + " refused; it is never held in memory. Its frames are sent as JPEG files of quality "
                    + ImageEncoder.JPEG_QUALITY
                    + ". Sending stops at the first frame that the decoder finds broken; H.264 frames after a"
                    + " lost packet are omitted up to the next key frame. The exact number of frames is known"
                    + " only after decoding: --dry-run reports an estimate.",
            "The job ignores EXIF orientation. So image files with an EXIF orientation and videos"
                    + " with a display matrix are rotated and encoded again, and the command reports it;"
                    + " --ignore-orientation sends them as they are stored. All other image files are sent"
                    + " unchanged.",
            "Image files are checked before anything is sent: a damaged one is omitted, and the"
                    + " others keep their sequence and time. Omitted frames are listed at the end, and the exit"
                    + " code is 1."
        },
        footer = {
            "",
            "Options of conf/README.md can follow as --key value, kafka.properties.* for example.",
            "",
            "Examples:",
            "  liftstream publish hall --camera hall-1 --bootstrap-servers broker:9092 --fps 10",
            "  liftstream publish rtsp://user:password@192.168.1.20/stream1 --camera hall-1"
                    + " --bootstrap-servers broker:9092",
            "  liftstream publish hall.mp4 --camera hall-1 --bootstrap-servers broker:9092"
                    + " --start 2026-01-31T08:00:00Z",
            "  liftstream publish hall --camera hall-1 --config conf/live.yaml --speed 4 --dry-run",
            "  liftstream publish hall --camera hall-1 --config conf/live.yaml --topic old.frames"
                    + " --start 2026-01-31T08:00:00Z --fps 10 --as-fast-as-possible"
        })
public final class PublishCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR|VIDEO|CAMERA",
            description =
                    "A folder, whose image files (by name) are sent; a video file that FFmpeg reads, such as"
                            + " .mp4, .mkv, .avi or .mov; or a live camera: rtsp://... or /dev/video0.")
    private String given;

    private Path source;

    @Option(
            names = "--camera",
            required = true,
            paramLabel = "ID",
            description = "The camera's id: " + CameraId.RULE)
    private String camera;

    @Mixin private BrokerArguments brokers;

    @Option(
            names = "--config",
            paramLabel = "CONFIG.yaml",
            description = "The job's configuration, for its brokers and topic.")
    private Path configuration;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "The frames topic. Default: the job's topics.frames.")
    private String topic;

    @Option(
            names = "--fps",
            paramLabel = "F",
            description = "Images a second; instead of the files' or the video's own times.")
    private Double fps;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description =
                    "Capture time of the first image, such as 2026-01-31T08:00:00Z; for a folder with --fps"
                            + " alone. Default: the video's creation time, else now, or earlier if needed so that no"
                            + " capture time lies after publishing.")
    private Instant start;

    @ArgGroup private PublishPace pace = new PublishPace();

    @Option(
            names = "--ignore-orientation",
            description =
                    "Send images as they are stored; ignore EXIF orientation and the video's display matrix.")
    private boolean ignoreOrientation;

    @Option(
            names = "--dry-run",
            description =
                    "Report what would be published; send nothing. Brokers are contacted only if they are"
                            + " named.")
    private boolean dryRun;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        source = Path.of(given);
        requireSense();
        JobSettings settings =
                dryRun
                        ? brokers.settingsOfDryRun(spec, configuration, overrides)
                        : brokers.settings(spec, configuration, overrides);
        String target = topic == null ? settings.framesTopic() : topic;
        if (CameraAddress.isLive(given)) {
            return new CameraPublishing(
                            new CameraAddress(given),
                            camera,
                            settings.kafka(),
                            limit(settings.kafka(), target),
                            spec.commandLine().getOut(),
                            spec.commandLine().getErr())
                    .run(dryRun);
        }
        try (ImageSupply images = images()) {
            FrameLimit limit = limit(settings.kafka(), target);
            limit.require(images.largestName(), images.largestBytes());
            warnOfOtherFiles();
            images.changes().forEach(this::warn);
            long begin = System.nanoTime();
            ImageRecording recording =
                    dryRun
                            ? recording(images, settings)
                            : published(images, settings, target, limit);
            report(
                    recording,
                    target + " on " + settings.kafka().bootstrapServers(),
                    dryRun ? planned(recording) : in(System.nanoTime() - begin));
            if (!dryRun && target.equals(settings.framesTopic())) {
                sayNext();
            }
            images.leftOut().forEach(this::warn);
            return images.leftOut().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        } catch (RecordingCutException e) {
            warn(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private void requireSense() {
        List<String> problems = new ArrayList<>();
        if (CameraAddress.isLive(given)) {
            requireLiveSense(problems);
        } else if (!Files.exists(source)) {
            problems.add(
                    given
                            + " does not exist: publish takes a folder of images, a video, an rtsp://"
                            + " address or /dev/video0");
        } else if (ImageFiles.isImage(source)) {
            problems.add(source + " is one image: give the folder that holds it, or a video");
        }
        if (!CameraId.isValid(camera)) {
            problems.add(
                    "option --camera is "
                            + CameraId.quoted(camera)
                            + ": it must be "
                            + CameraId.RULE);
        }
        PositiveNumber.require("--fps", fps, problems);
        PositiveNumber.require("--speed", pace.speed(), problems);
        if (start != null && fps == null && Files.isDirectory(source)) {
            problems.add("option --start needs --fps: the files' times are used without it");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    private void requireLiveSense(List<String> problems) {
        if (fps != null || start != null || pace.speed() != null || pace.isUnpaced()) {
            problems.add(
                    "options --fps, --start, --speed and --as-fast-as-possible are for recordings: a live"
                            + " camera has its own times");
        }
    }

    /** What would be published can be said without a broker; whether the topic takes it cannot. */
    private FrameLimit limit(KafkaSettings kafka, String target) {
        if (kafka.bootstrapServers().equals(BrokerArguments.UNNAMED)) {
            return FrameLimit.unknown(target);
        }
        try {
            return FrameLimit.of(kafka, target);
        } catch (IllegalStateException e) {
            if (!dryRun) {
                throw new InvalidConfigurationException(List.of(e.getMessage()));
            }
            warn(e.getMessage() + "; whether topic " + target + " takes the images is not known");
            return FrameLimit.unknown(target);
        }
    }

    private void warnOfOtherFiles() throws IOException {
        if (Files.isDirectory(source)) {
            ImageFiles.unreadPictures(source)
                    .ifPresent(text -> warn(text + "; those behind move up by its time"));
            ImageFiles.others(source).ifPresent(this::warn);
        }
    }

    /** The broker stamps a frame when it comes, and the job compares. */
    private void warnOfClock(ImageRecording recording, JobSettings settings) {
        long now = ImageRecording.nanos(Instant.now());
        long span = recording.lastNanos() - recording.firstNanos();
        long ahead = recording.firstNanos() - now + Math.max(0, span - pace.due(span));
        long allowedMillis = settings.topology().clockGuardMillis();
        if (allowedMillis > 0 && ahead > TimeUnit.MILLISECONDS.toNanos(allowedMillis)) {
            warn(
                    "frames are taken up to "
                            + DurationText.of(Duration.ofNanos(ahead))
                            + " after they are published: the job rejects those more than "
                            + TimeUtils.formatWithHighestUnit(Duration.ofMillis(allowedMillis))
                            + " ahead as BAD_CLOCK (ordering.max-clock-skew); give --start with"
                            + " an earlier time");
        }
    }

    private void warn(String text) {
        spec.commandLine().getErr().println(ForeignText.printable(text));
    }

    /** The recording from now on: where nothing else says when it was taken, it begins now. */
    private ImageRecording recording(ImageSupply images, JobSettings settings) {
        ImageRecording recording = new ImageRecording(images, startNanos(images), fps);
        warnOfClock(recording, settings);
        return recording;
    }

    private ImageRecording published(
            ImageSupply images, JobSettings settings, String target, FrameLimit limit)
            throws Exception {
        String servers = settings.kafka().bootstrapServers();
        try (FrameProducer producer = new FrameProducer(settings.kafka(), target);
                DeliveryWatch watch =
                        DeliveryWatch.start(producer, servers, spec.commandLine().getErr())) {
            // Before the recording begins: the brokers' answer takes time, which is no image's age.
            producer.awaitTopic();
            ImageRecording recording = recording(images, settings);
            try {
                publish(recording, producer, limit);
            } catch (Exception e) {
                if (producer.sent() == 0) {
                    throw e;
                }
                producer.close();
                throw new RecordingCutException(
                        arrived(recording, producer),
                        servers,
                        Files.isDirectory(source) && fps == null ? null : recording.firstNanos(),
                        e);
            }
            return recording;
        }
    }

    private ImageSupply images() throws IOException {
        if (!Files.isDirectory(source)) {
            return VideoImages.open(source, fps == null, !ignoreOrientation);
        }
        List<Path> files = ImageFiles.images(source);
        return fps == null
                ? ImageFileRecording.byFileTime(files, !ignoreOrientation)
                : ImageFileRecording.untimed(files, !ignoreOrientation);
    }

    /** A capture time ahead of the broker's clock would be rejected as a bad clock. */
    private long startNanos(ImageSupply images) {
        if (start != null) {
            return ImageRecording.nanos(start);
        }
        if (images.startNanos() != null) {
            return images.startNanos();
        }
        long taken = ImageRecording.span(images, fps);
        return ImageRecording.nanos(Instant.now()) - Math.max(0, taken - pace.due(taken));
    }

    private void publish(ImageRecording recording, FrameProducer producer, FrameLimit limit)
            throws Exception {
        long begin = System.nanoTime();
        long sent = 0;
        try (ProgressDisplay progress =
                        ProgressDisplay.of("Publishing", recording.length(), "image");
                Interruption told =
                        Interruption.toldOf(
                                spec.commandLine().getErr(), () -> arrived(recording, producer))) {
            for (CapturedImage image = recording.next(); image != null; image = recording.next()) {
                PublishPace.await(
                        begin + pace.due(image.captureTimeNanos() - recording.firstNanos()));
                limit.require(
                        "frame " + image.sequence() + " of " + source, image.encoded().length);
                producer.send(
                        camera, image.captureTimeNanos(), image.sequence(), image.encoded(), null);
                progress.reached(++sent);
            }
            progress.expect(recording.length());
            producer.flush();
        }
    }

    private String arrived(ImageRecording recording, FrameProducer producer) {
        return String.format(
                Locale.ROOT,
                "%d of %s%d images of %s are on the topic",
                producer.acknowledged(),
                recording.counted() ? "" : "about ",
                recording.length(),
                source);
    }

    private void sayNext() {
        String job = configuration == null ? "CONFIG.yaml" : configuration.toString();
        spec.commandLine()
                .getOut()
                .println(
                        "Next: liftstream job "
                                + job
                                + " lifts them; liftstream view "
                                + job
                                + " shows the results as they come.");
    }

    private String planned(ImageRecording recording) {
        long nanos = pace.due(recording.lastNanos() - recording.firstNanos());
        return nanos == 0 ? "as fast as possible" : in(nanos);
    }

    private static String in(long nanos) {
        return "in " + DurationText.of(Duration.ofNanos(nanos));
    }

    private void report(ImageRecording recording, String place, String time) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s%d images of %s, taken %s to %s, %s to %s %s.%n",
                        recording.counted() ? "" : "about ",
                        recording.length(),
                        camera,
                        Instant.ofEpochSecond(0, recording.firstNanos()),
                        Instant.ofEpochSecond(0, recording.lastNanos()),
                        dryRun ? "would be published" : "published",
                        place,
                        time);
    }
}
