package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageEncoder;
import io.liftstream.job.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

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
    private final VideoDecoder decoder;
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
        name = VideoDecoder.name(parameters);
        decoder =
                passedOn ? null : VideoDecoder.open(parameters, codec -> noDecoder(address, codec));
    }

    private RuntimeException noDecoder(String address, String codec) {
        rgb.close();
        return new InvalidConfigurationException(
                List.of(
                        address
                                + " sends "
                                + codec
                                + ", which FFmpeg cannot decode: set the camera to MJPEG, H.264"
                                + " or H.265"));
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
        if (decoder.send(packet) < 0) {
            broken++;
            return images;
        }
        while (decoder.receive() >= 0) {
            // A frame that is shown later than it was sent keeps the time of its own packet.
            Long own = times.remove(decoder.frame().best_effort_timestamp());
            images.add(
                    new LiveImage(
                            ImageEncoder.jpeg(rgb.of(decoder.frame())),
                            own == null ? taken : own,
                            clock));
        }
        return images;
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
        rgb.close();
    }
}
