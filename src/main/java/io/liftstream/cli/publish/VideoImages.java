package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.Orientation;
import io.liftstream.job.InvalidConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * The frames of a video as JPEG files, in the order in which they are shown. One frame is in memory
 * at a time, turned upright if asked for. The shape of pixels is not applied.
 */
final class VideoImages implements ImageSupply {
    private final VideoScan scan;
    private final VideoFile file;
    private final RgbConversion rgb;
    private final LostFrames lost = new LostFrames();
    private Orientation turn = Orientation.UPRIGHT;
    private TimedImage first;
    private VideoDecoder decoder;
    private long firstNanos;
    private long lastOffsetNanos;
    private long decoded;

    private VideoImages(VideoScan scan, VideoFile file) {
        this.scan = scan;
        this.file = file;
        this.rgb = new RgbConversion(file::unreadable);
    }

    /**
     * Opens a video after reading through it once, so that what is wrong is known before a frame is
     * published.
     *
     * @param needsTimes whether the frames' own times are wanted
     * @param upright whether frames are turned as the display matrix says
     * @throws InvalidConfigurationException where it is no whole video, or has no times
     */
    static VideoImages open(Path path, boolean needsTimes, boolean upright) {
        VideoScan scan = VideoScan.of(path);
        if (needsTimes && !scan.timed()) {
            throw new InvalidConfigurationException(
                    List.of(path + " does not say when its frames are shown: give --fps"));
        }
        VideoImages images = new VideoImages(scan, VideoFile.open(path));
        try {
            images.turn = upright ? images.file.orientation() : Orientation.UPRIGHT;
            images.openDecoder();
            // A video that cannot be decoded or converted is refused before anything is sent.
            images.first = images.decode();
            return images;
        } catch (LiftingException e) {
            images.close();
            throw new InvalidConfigurationException(List.of(e.getMessage()));
        } catch (RuntimeException e) {
            images.close();
            throw e;
        }
    }

    private void openDecoder() {
        decoder = VideoDecoder.open(file.stream().codecpar(), this::noDecoder);
        decoder.timeBase(file.stream().time_base());
    }

    private InvalidConfigurationException noDecoder(String codec) {
        return new InvalidConfigurationException(
                List.of(
                        file.unreadable("a video that FFmpeg cannot decode (" + codec + ")")
                                .getMessage()));
    }

    @Override
    public long length() {
        return scan.packets();
    }

    /** A packet need not be shown as a frame of its own: it may be a field, or only referred to. */
    @Override
    public boolean counted() {
        return false;
    }

    @Override
    public long spanNanos() {
        return scan.spanNanos();
    }

    @Override
    public Long startNanos() {
        return scan.startNanos();
    }

    /**
     * The first frame's: it is encoded before any is sent, and those behind it are much like it.
     */
    @Override
    public String largestName() {
        return "frame 0 of " + file.name();
    }

    @Override
    public long largestBytes() {
        return first == null ? 0 : first.encoded().length;
    }

    @Override
    public List<String> changes() {
        return turn == Orientation.UPRIGHT
                ? List.of()
                : List.of(
                        "The frames of "
                                + file.name()
                                + " are turned upright as its display matrix says;"
                                + " --ignore-orientation sends them as they are stored");
    }

    @Override
    public List<String> leftOut() {
        return lost.lines(file.name());
    }

    /**
     * The next frame; those that refer to a missing one are left out.
     *
     * @throws LiftingException where the decoder finds one broken, or none is whole
     */
    @Override
    public TimedImage next() {
        TimedImage image = first == null ? decode() : first;
        first = null;
        return image;
    }

    private TimedImage decode() {
        while (receive()) {
            long index = decoded;
            long offset = offset();
            decoded++;
            if (!lost.take(decoder.frame().best_effort_timestamp(), offset)) {
                return new TimedImage(
                        index, offset, ImageEncoder.jpeg(turn.upright(rgb.of(decoder.frame()))));
            }
        }
        requireAny();
        return null;
    }

    /** Whether there is one more frame. */
    private boolean receive() {
        int code = decoder.receive();
        while (code == AVERROR_EAGAIN()) {
            send(file.next());
            code = decoder.receive();
        }
        if (code == AVERROR_EOF) {
            return false;
        }
        require(code);
        return true;
    }

    private void send(AVPacket packet) {
        long missing = FfmpegLog.missingFrames();
        require(decoder.send(packet));
        if (packet == null) {
            return;
        }
        boolean gap = FfmpegLog.missingFrames() > missing;
        boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
        if (gap && packet.pts() == AV_NOPTS_VALUE) {
            throw file.unreadable("a video that lacks packets, and times to tell which");
        }
        lost.decoded(packet.pts(), key, gap);
    }

    private void require(int code) {
        if (code < 0) {
            throw file.unreadable(
                    "a video whose frame "
                            + decoded
                            + " cannot be decoded ("
                            + VideoFile.reason(code)
                            + ")");
        }
    }

    private void requireAny() {
        if (decoded == 0) {
            throw file.unreadable("a video of which no frame can be decoded");
        }
    }

    /**
     * After the first frame. Where the file has no time for a frame, as AVI has none for the last
     * ones that wait in the decoder, it is shown when the one before it is over.
     */
    private long offset() {
        Long time = file.nanos(decoder.frame().best_effort_timestamp());
        if (time == null) {
            long duration = decoder.frame().duration();
            long shown = duration > 0 ? file.nanos(duration) : 0;
            lastOffsetNanos += shown > 0 ? shown : file.averageFrameNanos();
        } else {
            if (decoded == 0) {
                firstNanos = time;
            }
            lastOffsetNanos = time - firstNanos;
        }
        return lastOffsetNanos;
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
        rgb.close();
        file.close();
    }
}
