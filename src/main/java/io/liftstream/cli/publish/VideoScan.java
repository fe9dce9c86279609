package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;

import io.liftstream.frame.LiftingException;
import io.liftstream.job.InvalidConfigurationException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * What a video holds, found by reading all of it without decoding.
 *
 * @param packets that are to be shown, about as many as frames; at least 1
 * @param spanNanos from the first frame shown to the last; 0 where the frames have no times
 * @param timed whether every frame has a time
 * @param startNanos when the recording began, as the container says, nanoseconds since 1970; null
 *     where it does not
 */
record VideoScan(long packets, long spanNanos, boolean timed, Long startNanos) {

    /**
     * Reads a file.
     *
     * @throws InvalidConfigurationException where it is no whole video
     */
    static VideoScan of(Path path) {
        try (VideoFile file = VideoFile.open(path)) {
            Counts counts = new Counts();
            for (AVPacket packet = file.next(); packet != null; packet = file.next()) {
                counts.add(packet, file);
            }
            counts.requireWhole(file);
            long span = counts.timed ? counts.last - counts.first : 0;
            return new VideoScan(counts.shown, span, counts.timed, creationTime(file));
        } catch (LiftingException e) {
            throw new InvalidConfigurationException(List.of(e.getMessage()));
        }
    }

    private static Long creationTime(VideoFile file) {
        String text = file.metadata("creation_time");
        try {
            return text == null ? null : (Long) ImageRecording.nanos(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** What is known so far. */
    private static final class Counts {
        private long packets;
        private long shown;
        private boolean timed = true;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        private void add(AVPacket packet, VideoFile file) {
            if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0) {
                throw file.unreadable("a video that is cut short or damaged at frame " + packets);
            }
            packets++;
            if ((packet.flags() & AV_PKT_FLAG_DISCARD) != 0) {
                return;
            }
            shown++;
            Long time = file.nanos(packet.pts());
            if (time == null) {
                time = file.nanos(packet.dts());
            }
            if (time == null) {
                timed = false;
            } else {
                first = Math.min(first, time);
                last = Math.max(last, time);
            }
        }

        private void requireWhole(VideoFile file) {
            // Without the packets that an edit list trims away, which the header's count includes.
            long promised = avformat_index_get_entries_count(file.stream());
            if (file.indexesItsPackets() && packets < promised) {
                throw file.unreadable(
                        "a video that is cut short: it holds "
                                + packets
                                + " of "
                                + promised
                                + " frames");
            }
            if (shown == 0) {
                throw file.unreadable("a video without a frame");
            }
        }
    }
}
