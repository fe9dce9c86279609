package io.liftstream.cli.view;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.Provenance;
import io.liftstream.image.ImageDecoder;
import io.liftstream.input.RecordPicture;
import io.liftstream.kafka.RecordLookup;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.ReadResult;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** The pictures of results, from the frames topic. Safe for several threads. */
final class FramePictures {

    /**
     * What there is of a frame's picture.
     *
     * @param image the encoded image, or null
     * @param missing why there is none, or null
     */
    record Found(byte[] image, String missing) {}

    private final ImageDecoder images = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private final RecordLookup frames;

    /**
     * @param frames the frames topic, or null where it does not exist
     */
    FramePictures(RecordLookup frames) {
        this.frames = frames;
    }

    /** The picture of the frame that became a result. */
    Found of(ReadResult result) {
        Provenance place = result.provenance();
        // A result can name any topic, and whoever wrote it does not choose what is read.
        if (frames == null || !frames.topic().equals(place.topic())) {
            return missing("it is on topic " + place.topic() + ", which is not read here");
        }
        try {
            Optional<byte[]> frame = frames.value(place.partition(), place.offset());
            if (frame.isEmpty()) {
                return missing("the frames topic no longer has it");
            }
            if (!isOf(result, frame.get())) {
                return missing("another frame has taken its place on the frames topic");
            }
            Optional<byte[]> image = RecordPicture.of(frame.get());
            if (image.isEmpty()) {
                return missing("the frame names a file instead of bringing a picture");
            }
            images.format(image.get());
            return new Found(image.get(), null);
        } catch (IOException | LiftingException | KafkaException e) {
            return missing(e.getMessage());
        }
    }

    /** A topic that was deleted and created again has others at the same offsets. */
    private static boolean isOf(ReadResult result, byte[] value) {
        CameraFrame frame = FrameDecoder.decode(null, value, result.provenance()).frame();
        return frame == null
                || (frame.captureTimeNanos() == result.captureTimeNanos()
                        && frame.sequence() == result.sequence());
    }

    private static Found missing(String why) {
        return new Found(null, why);
    }
}
