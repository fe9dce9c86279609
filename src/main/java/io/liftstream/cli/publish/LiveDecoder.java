package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageEncoder;
import io.liftstream.job.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Makes JPEG files of a live camera's packets. MJPEG is passed on unchanged; anything else is
 * decoded, and what the decoder finds broken is left out up to the next whole frame.
 */
final class LiveDecoder implements AutoCloseable {
    /** Frames that a decoder may hold back: at most 16 in H.264 and H.265. */
    private static final int MAX_REORDERED = 64;

    private final String name;
    private final boolean passedOn;
    private final RgbConversion rgb;
    private AVCodecContext decoder;
    private AVFrame frame = av_frame_alloc();
    private final Map<Long, Long> times =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
                    return size() > MAX_REORDERED;
                }
            };
    private long broken;

    /**
     * @param parameters of the stream
     * @param address of the camera, for messages
     */
    LiveDecoder(AVCodecParameters parameters, String address) {
        passedOn = parameters.codec_id() == AV_CODEC_ID_MJPEG;
        rgb =
                new RgbConversion(
                        what ->
                                new LiftingException(
                                        RejectionReason.UNREADABLE_IMAGE,
                                        address,
                                        what,
                                        "set the camera to MJPEG, H.264 or H.265"));
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        name = codec == null ? "an unknown codec" : codec.name().getString();
        if (!passedOn) {
            openDecoder(codec, parameters, address);
        }
    }

    private void openDecoder(AVCodec codec, AVCodecParameters parameters, String address) {
        decoder = codec == null ? null : avcodec_alloc_context3(codec);
        if (decoder != null) {
            // By default FFmpeg paints over what is damaged and passes it on as a whole frame.
            decoder.err_recognition(AV_EF_EXPLODE);
        }
        if (decoder == null
                || avcodec_parameters_to_context(decoder, parameters) < 0
                || avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
            close();
            throw new InvalidConfigurationException(
                    List.of(
                            address
                                    + " sends "
                                    + name
                                    + ", which FFmpeg cannot decode: set the camera to MJPEG, H.264"
                                    + " or H.265"));
        }
    }

    /** What is done with the camera's frames, for people. */
    String description() {
        return name + (passedOn ? ", passed on unchanged" : ", sent as JPEG");
    }

    /** Packets that could not be decoded so far. */
    long broken() {
        return broken;
    }

    /**
     * The frames that a packet completes, in the order in which they are shown: mostly one.
     *
     * @param taken when the packet was
     */
    List<LiveImage> images(AVPacket packet, long taken, CaptureClock clock) {
        if (passedOn) {
            byte[] jpeg = new byte[packet.size()];
            packet.data().get(jpeg);
            return List.of(new LiveImage(jpeg, taken, clock));
        }
        List<LiveImage> images = new ArrayList<>();
        if (packet.pts() != AV_NOPTS_VALUE) {
            times.put(packet.pts(), taken);
        }
        if (avcodec_send_packet(decoder, packet) < 0) {
            broken++;
            return images;
        }
        while (avcodec_receive_frame(decoder, frame) >= 0) {
            // A frame that is shown later than it was sent keeps the time of its own packet.
            Long own = times.remove(frame.best_effort_timestamp());
            images.add(
                    new LiveImage(
                            ImageEncoder.jpeg(rgb.of(frame)), own == null ? taken : own, clock));
        }
        return images;
    }

    @Override
    public void close() {
        if (frame != null) {
            av_frame_free(frame);
            frame = null;
        }
        if (decoder != null) {
            avcodec_free_context(decoder);
            decoder = null;
        }
        rgb.close();
    }
}
