package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.function.Function;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** A decoder of FFmpeg, and the frame that it decodes into; what is damaged is an error. */
final class VideoDecoder implements AutoCloseable {
    private AVCodecContext context;
    private AVFrame frame;

    private VideoDecoder(AVCodecContext context) {
        this.context = context;
    }

    /**
     * Opens a stream's decoder.
     *
     * @param fault what is thrown where FFmpeg has none, given the codec's name
     */
    static VideoDecoder open(
            AVCodecParameters parameters, Function<String, RuntimeException> fault) {
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null) {
            throw fault.apply(name(parameters));
        }
        VideoDecoder decoder = new VideoDecoder(avcodec_alloc_context3(codec));
        // By default FFmpeg paints over what is damaged and passes it on as a whole frame.
        decoder.context.err_recognition(AV_EF_EXPLODE);
        if (avcodec_parameters_to_context(decoder.context, parameters) < 0
                || avcodec_open2(decoder.context, codec, (AVDictionary) null) < 0) {
            decoder.close();
            throw fault.apply(name(parameters));
        }
        decoder.frame = av_frame_alloc();
        return decoder;
    }

    /** The codec's name, for people. */
    static String name(AVCodecParameters parameters) {
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        return codec == null ? "an unknown codec" : codec.name().getString();
    }

    /** Of the packets that are sent. */
    void timeBase(AVRational seconds) {
        context.pkt_timebase(seconds);
    }

    /**
     * Takes a packet.
     *
     * @param packet null after the last one
     * @return below 0 where it cannot be decoded
     */
    int send(AVPacket packet) {
        return avcodec_send_packet(context, packet);
    }

    /**
     * Puts the next frame into {@link #frame}.
     *
     * @return below 0 where there is none: FFmpeg's code says why
     */
    int receive() {
        return avcodec_receive_frame(context, frame);
    }

    /** The frame received last. */
    AVFrame frame() {
        return frame;
    }

    @Override
    public void close() {
        if (frame != null) {
            av_frame_free(frame);
            frame = null;
        }
        if (context != null) {
            avcodec_free_context(context);
            context = null;
        }
    }
}
