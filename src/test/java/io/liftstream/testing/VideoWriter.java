package io.liftstream.testing;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FFV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import io.liftstream.image.RgbImage;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/** Writes a video file, frame by frame, each at a time of its own. */
public final class VideoWriter implements AutoCloseable {
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int MILLIS_PER_FRAME = 10;
    private static final int AVI_RATE = 10;
    private static final long BITS_PER_SECOND = 8_000_000;

    private final AVFormatContext container = new AVFormatContext(null);
    private final AVIOContext file = new AVIOContext(null);
    private final AVPacket packet = av_packet_alloc();
    private final SwsContext scaler = sws_alloc_context();
    private final AVCodecContext encoder;
    private final AVStream stream;
    private final int ticksPerSecond;

    /**
     * Begins a file whose name says the container.
     *
     * @param codec for example AV_CODEC_ID_FFV1
     * @param width even number of columns
     * @param height even number of rows
     * @param bFrames how many frames in a row may refer to later ones
     * @param metadata of the container
     * @param muxer options of the container's writer
     */
    public VideoWriter(
            Path path,
            int codec,
            int width,
            int height,
            int bFrames,
            Map<String, String> metadata,
            Map<String, String> muxer) {
        this(path, codec, width, height, bFrames, metadata, muxer, Map.of());
    }

    /**
     * As above.
     *
     * @param encoding options of the encoder
     */
    public VideoWriter(
            Path path,
            int codec,
            int width,
            int height,
            int bFrames,
            Map<String, String> metadata,
            Map<String, String> muxer,
            Map<String, String> encoding) {
        // AVI has one steady rate, which is that of its ticks.
        ticksPerSecond = path.toString().endsWith(".avi") ? AVI_RATE : MILLIS_PER_SECOND;
        require(avformat_alloc_output_context2(container, null, (String) null, path.toString()));
        encoder = avcodec_alloc_context3(avcodec_find_encoder(codec));
        encoder.width(width);
        encoder.height(height);
        encoder.pix_fmt(codec == AV_CODEC_ID_MJPEG ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P);
        encoder.time_base(av_make_q(1, ticksPerSecond));
        encoder.colorspace(colourSpace(codec));
        encoder.bit_rate(BITS_PER_SECOND);
        encoder.max_b_frames(bFrames);
        encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        AVDictionary settings = new AVDictionary(null);
        encoding.forEach((name, value) -> av_dict_set(settings, name, value, 0));
        require(avcodec_open2(encoder, avcodec_find_encoder(codec), settings));
        av_dict_free(settings);
        stream = avformat_new_stream(container, null);
        stream.time_base(encoder.time_base());
        require(avcodec_parameters_from_context(stream.codecpar(), encoder));
        AVDictionary tags = new AVDictionary(null);
        metadata.forEach((name, value) -> av_dict_set(tags, name, value, 0));
        container.metadata(tags);
        require(avio_open(file, path.toString(), AVIO_FLAG_WRITE));
        container.pb(file);
        AVDictionary options = new AVDictionary(null);
        muxer.forEach((name, value) -> av_dict_set(options, name, value, 0));
        require(avformat_write_header(container, options));
        av_dict_free(options);
    }

    /** JPEG has one colour space; the lossless codec is written in that of HD cameras. */
    private static int colourSpace(int codec) {
        return codec == AV_CODEC_ID_FFV1 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
    }

    /**
     * Appends a frame.
     *
     * @param millis when it is shown, after the start of the video; of AVI files, whole tenths of a
     *     second
     */
    public void add(RgbImage image, long millis) {
        encode(image, millis);
        writePackets();
    }

    /** Encodes a frame that later ones may refer to, and does not write it: its packet was lost. */
    public void addLost(RgbImage image, long millis) {
        encode(image, millis);
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            av_packet_unref(packet);
        }
    }

    private void encode(RgbImage image, long millis) {
        AVFrame rgb = frame(AV_PIX_FMT_RGB24);
        AVFrame encodable = frame(encoder.pix_fmt());
        encodable.colorspace(encoder.colorspace());
        int row = 3 * image.width();
        BytePointer pixels = rgb.data(0);
        for (int y = 0; y < image.height(); y++) {
            pixels.position((long) y * rgb.linesize(0)).put(image.rgb(), y * row, row);
        }
        require(sws_scale_frame(scaler, encodable, rgb));
        encodable.pts(millis * ticksPerSecond / MILLIS_PER_SECOND);
        require(avcodec_send_frame(encoder, encodable));
        av_frame_free(rgb);
        av_frame_free(encodable);
    }

    private AVFrame frame(int format) {
        AVFrame frame = av_frame_alloc();
        frame.format(format);
        frame.width(encoder.width());
        frame.height(encoder.height());
        require(av_frame_get_buffer(frame, 0));
        return frame;
    }

    private void writePackets() {
        while (avcodec_receive_packet(encoder, packet) >= 0) {
            // Without one, MP4 would end before its last frame.
            packet.duration(Math.max(1, MILLIS_PER_FRAME * ticksPerSecond / MILLIS_PER_SECOND));
            av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
            packet.stream_index(stream.index());
            require(av_interleaved_write_frame(container, packet));
        }
    }

    private static void require(int code) {
        if (code < 0) {
            throw new AssertionError("FFmpeg failed with " + code);
        }
    }

    /** Ends the file. */
    @Override
    public void close() {
        require(avcodec_send_frame(encoder, null));
        writePackets();
        require(av_write_trailer(container));
        avio_closep(file);
        avcodec_free_context(encoder);
        sws_free_context(scaler);
        av_packet_free(packet);
        avformat_free_context(container);
    }
}
