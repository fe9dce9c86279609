package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_DEBUG;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.javacpp.BytePointer;

/**
 * Takes what FFmpeg would write to standard error: what is wrong with a file is said once, by us.
 * One remark is counted, since FFmpeg says it nowhere else: that numbers of H.264 frames are
 * missing, whose pictures it then makes of others without an error.
 */
final class FfmpegLog {
    private static final String MISSING_FRAMES = "Frame num gap";

    private static final AtomicLong MISSING = new AtomicLong();

    /** Kept from the garbage collector, as FFmpeg holds its address alone. */
    private static final LogCallback CALLBACK =
            new LogCallback() {
                @Override
                public void call(int level, BytePointer message) {
                    if (message.getString().contains(MISSING_FRAMES)) {
                        MISSING.incrementAndGet();
                    }
                }
            };

    private FfmpegLog() {}

    /** Begins to take the messages, for the life of the process. */
    static void take() {
        av_log_set_level(AV_LOG_DEBUG);
        setLogCallback(CALLBACK);
    }

    /** How often H.264 frames were missing so far; a decoder's own thread asks before and after. */
    static long missingFrames() {
        return MISSING.get();
    }
}
