package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_ERROR_MAX_STRING_SIZE;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_get_pix_fmt_name;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.NativesFolder;
import io.liftstream.image.Orientation;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * The packets of the video in a file, in the order of the file. Owns what FFmpeg allocates for them
 * until it is closed. Not thread-safe.
 */
final class VideoFile implements AutoCloseable {
    private static final int NANOS_PER_SECOND = 1_000_000_000;

    static {
        NativesFolder.secure();
        FfmpegLog.take();
    }

    private final Path path;
    private final AVFormatContext container = new AVFormatContext(null);
    private AVPacket packet;
    private AVStream stream;

    private VideoFile(Path path) {
        this.path = path;
    }

    /**
     * Opens a file.
     *
     * @throws LiftingException where it is none that FFmpeg reads, or holds no video
     */
    static VideoFile open(Path path) {
        VideoFile file = new VideoFile(path);
        try {
            file.open();
            return file;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void open() {
        AVDictionary options = new AVDictionary(null);
        try {
            // A playlist must not make the command fetch from elsewhere.
            av_dict_set(options, "protocol_whitelist", "file", 0);
            String name = "file:" + path.toAbsolutePath();
            require(avformat_open_input(container, name, (AVInputFormat) null, options));
        } finally {
            av_dict_free(options);
        }
        require(avformat_find_stream_info(container, (AVDictionary) null));
        int index =
                av_find_best_stream(
                        container,
                        AVMEDIA_TYPE_VIDEO,
                        -1,
                        -1,
                        (org.bytedeco.ffmpeg.avcodec.AVCodec) null,
                        0);
        if (index < 0) {
            throw unreadable("a file without video");
        }
        stream = container.streams(index);
        if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            throw unreadable("a file with a cover picture but without video");
        }
        packet = av_packet_alloc();
    }

    private void require(int code) {
        if (code < 0) {
            throw unreadable("a file that FFmpeg cannot read (" + reason(code) + ")");
        }
    }

    /** The video's own description. */
    AVStream stream() {
        return stream;
    }

    /**
     * The next packet of the video, valid until the next call; null after the last.
     *
     * @throws LiftingException where the file is cut short or damaged
     */
    AVPacket next() {
        while (true) {
            av_packet_unref(packet);
            int code = av_read_frame(container, packet);
            if (code == AVERROR_EOF) {
                return null;
            }
            if (code < 0) {
                throw unreadable("a video that is cut short or damaged (" + reason(code) + ")");
            }
            if (packet.stream_index() == stream.index()) {
                return packet;
            }
        }
    }

    /** The file's name, as it was given. */
    String name() {
        return path.toString();
    }

    /** How long a frame is shown on the average, nanoseconds; 0 where the file does not say. */
    long averageFrameNanos() {
        AVRational rate = stream.avg_frame_rate();
        return rate.num() <= 0
                ? 0
                : Math.round((double) NANOS_PER_SECOND * rate.den() / rate.num());
    }

    /** A time of the stream in nanoseconds; null where there is none. */
    Long nanos(long time) {
        return time == AV_NOPTS_VALUE
                ? null
                : (Long) av_rescale_q(time, stream.time_base(), av_make_q(1, NANOS_PER_SECOND));
    }

    /** What the container says under a name; null where it says nothing. */
    String metadata(String name) {
        AVDictionaryEntry entry = av_dict_get(container.metadata(), name, null, 0);
        return entry == null ? null : entry.value().getString();
    }

    /**
     * How the frames are to be turned, by the container's display matrix.
     *
     * @throws LiftingException where that is not by quarters
     */
    Orientation orientation() {
        AVPacketSideData found =
                av_packet_side_data_get(
                        stream.codecpar().coded_side_data(),
                        stream.codecpar().nb_coded_side_data(),
                        AV_PKT_DATA_DISPLAYMATRIX);
        if (found == null || found.isNull()) {
            return Orientation.UPRIGHT;
        }
        IntPointer matrix = new IntPointer(found.data());
        // 16.16 fixed point, three to a row; the third of a row has no part in a turn.
        return Orientation.ofMatrix(
                        Integer.signum(matrix.get(0)),
                        Integer.signum(matrix.get(1)),
                        Integer.signum(matrix.get(3)),
                        Integer.signum(matrix.get(4)))
                .orElseThrow(
                        () ->
                                new LiftingException(
                                        RejectionReason.UNREADABLE_IMAGE,
                                        path.toString(),
                                        "a video whose display matrix turns it by an angle that is not a multiple of 90 degrees",
                                        "--ignore-orientation publishes it as it is stored"));
    }

    /** Whether the container has an index of every packet, complete once all of it was read. */
    boolean indexesItsPackets() {
        return container.iformat().name().getString().contains("mp4");
    }

    /** The failure of a file that is not as it should be. */
    LiftingException unreadable(String what) {
        return new LiftingException(
                RejectionReason.UNREADABLE_IMAGE,
                path.toString(),
                what,
                "give a whole video file, such as .mp4, .mkv, .avi or .mov, or a folder of images");
    }

    /** An error of FFmpeg in its own words. */
    static String reason(int code) {
        try (BytePointer text = new BytePointer(AV_ERROR_MAX_STRING_SIZE)) {
            av_strerror(code, text, AV_ERROR_MAX_STRING_SIZE);
            // Without a limit it ends where the C string does.
            return text.limit(0).getString();
        }
    }

    /** FFmpeg's name of a pixel format. */
    static String pixelFormat(int format) {
        try (BytePointer name = av_get_pix_fmt_name(format)) {
            return name == null ? "unknown pixel format" : name.getString();
        }
    }

    @Override
    public void close() {
        if (packet != null) {
            av_packet_free(packet);
            packet = null;
        }
        if (!container.isNull()) {
            avformat_close_input(container);
        }
    }
}
