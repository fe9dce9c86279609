package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.liftstream.job.InvalidConfigurationException;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/** The packets of a live camera as they come. Owns FFmpeg's memory until closed. */
final class CameraConnection implements AutoCloseable {
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    /** Microseconds without a byte after which a camera counts as gone. */
    private static final String SILENCE = "10000000";

    private static final Map<String, String> RTSP_OPTIONS =
            Map.of(
                    "rtsp_transport", "tcp",
                    "timeout", SILENCE,
                    // An address that the camera names must not make the command fetch elsewhere.
                    "protocol_whitelist", "rtsp,rtsps,rtp,tcp,tls,udp");

    static {
        FfmpegLog.take();
    }

    private final CameraAddress address;
    private final AVFormatContext container = new AVFormatContext(null);
    private AVPacket packet;
    private AVStream stream;

    private CameraConnection(CameraAddress address) {
        this.address = address;
    }

    /**
     * Connects.
     *
     * @throws CameraUnreachableException where it does not answer, or sends no video
     */
    static CameraConnection open(CameraAddress address) throws CameraUnreachableException {
        CameraConnection connection = new CameraConnection(address);
        try {
            connection.open();
            return connection;
        } catch (CameraUnreachableException | RuntimeException | LinkageError e) {
            connection.close();
            throw e;
        }
    }

    private void open() throws CameraUnreachableException {
        if (address.isDevice()) {
            AVInputFormat driver = driver();
            // Compressed by the camera itself where it can, which is passed on unchanged.
            Map<String, String> absolute = Map.of("timestamps", "abs");
            if (tryOpen(driver, Map.of("timestamps", "abs", "input_format", "mjpeg")) < 0) {
                require(tryOpen(driver, absolute), "cannot be opened");
            }
        } else {
            require(tryOpen(null, RTSP_OPTIONS), "cannot be reached");
        }
        require(avformat_find_stream_info(container, (AVDictionary) null), "sends nothing");
        int index = av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        require(index, "has no video");
        stream = container.streams(index);
        packet = av_packet_alloc();
    }

    private static AVInputFormat driver() {
        try {
            avdevice.avdevice_register_all();
        } catch (LinkageError e) {
            throw new InvalidConfigurationException(
                    List.of(
                            "FFmpeg's device library cannot be loaded ("
                                    + e.getMessage()
                                    + "): /dev/video* needs the packages libpulse0, libasound2,"
                                    + " libxcb1 and libdrm2, which it is linked with"));
        }
        return av_find_input_format("video4linux2");
    }

    private int tryOpen(AVInputFormat format, Map<String, String> settings) {
        AVDictionary options = new AVDictionary(null);
        try {
            settings.forEach((name, value) -> av_dict_set(options, name, value, 0));
            return avformat_open_input(container, address.text(), format, options);
        } finally {
            av_dict_free(options);
        }
    }

    private void require(int code, String what) throws CameraUnreachableException {
        if (code < 0) {
            throw new CameraUnreachableException(
                    address + " " + what + " (" + VideoFile.reason(code) + ")",
                    code == AVERROR_HTTP_UNAUTHORIZED
                            ? "check user and password"
                            : "check the address, and that the camera is on");
        }
    }

    /** The video's own description. */
    AVStream stream() {
        return stream;
    }

    /**
     * The next packet of the video, valid until the next call.
     *
     * @throws CameraUnreachableException where none comes any more
     */
    AVPacket next() throws CameraUnreachableException {
        do {
            av_packet_unref(packet);
            require(av_read_frame(container, packet), "sends no more");
        } while (packet.stream_index() != stream.index());
        return packet;
    }

    /** When the packet was taken by the camera or its driver, nanoseconds since 1970; else null. */
    Long captureNanos() {
        if (address.isDevice()) {
            return packet.pts() == AV_NOPTS_VALUE
                    ? null
                    : (Long)
                            av_rescale_q(
                                    packet.pts(),
                                    stream.time_base(),
                                    av_make_q(1, NANOS_PER_SECOND));
        }
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, size);
            return data == null || data.isNull()
                    ? null
                    : (Long) (new AVProducerReferenceTime(data).wallclock() * NANOS_PER_MICRO);
        }
    }

    /** The clock of {@link #captureNanos}. */
    CaptureClock clock() {
        return address.isDevice() ? CaptureClock.DEVICE : CaptureClock.CAMERA;
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
