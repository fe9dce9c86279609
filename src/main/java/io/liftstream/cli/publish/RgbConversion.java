package io.liftstream.cli.publish;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INT;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_free_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.RgbImage;
import java.util.function.Function;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/**
 * Decoded frames of any pixel format as RGB, by the colour space and range that each frame names.
 * Owns native memory until it is closed. Not thread-safe.
 */
final class RgbConversion implements AutoCloseable {
    private static final int CHANNELS = 3;

    /** AV_FRAME_FLAG_INTERLACED, which the binding leaves out. */
    private static final int INTERLACED = 1 << 3;

    private final Function<String, LiftingException> unreadable;
    private SwsContext scaler = sws_alloc_context();
    private AVFrame converted = av_frame_alloc();

    /**
     * Plain settings, and the exact ones of libswscale.
     *
     * @param unreadable the failure of frames that are as described
     */
    RgbConversion(Function<String, LiftingException> unreadable) {
        this.unreadable = unreadable;
        scaler.flags(SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
    }

    /** The frame's pixels, in an array of their own. */
    RgbImage of(AVFrame frame) {
        converted.format(AV_PIX_FMT_RGB24);
        // Rows of fields are converted by themselves, which both frames have to say.
        converted.flags(frame.flags() & INTERLACED);
        converted.width(frame.width());
        converted.height(frame.height());
        converted.colorspace(AVCOL_SPC_RGB);
        converted.color_range(AVCOL_RANGE_JPEG);
        int code = sws_scale_frame(scaler, converted, frame);
        if (code < 0) {
            throw unreadable.apply(
                    "a video whose pixels cannot be converted to RGB ("
                            + VideoFile.pixelFormat(frame.format())
                            + ": "
                            + VideoFile.reason(code)
                            + ")");
        }
        byte[] pixels = pixels();
        RgbImage image = new RgbImage(converted.width(), converted.height(), pixels);
        av_frame_unref(converted);
        return image;
    }

    /** FFmpeg pads its rows; ours are not. */
    private byte[] pixels() {
        int row = CHANNELS * converted.width();
        byte[] pixels = new byte[row * converted.height()];
        BytePointer start = converted.data(0);
        for (int y = 0; y < converted.height(); y++) {
            start.position((long) y * converted.linesize(0)).get(pixels, y * row, row);
        }
        return pixels;
    }

    @Override
    public void close() {
        if (converted != null) {
            av_frame_free(converted);
            converted = null;
        }
        if (scaler != null) {
            sws_free_context(scaler);
            scaler = null;
        }
    }
}
