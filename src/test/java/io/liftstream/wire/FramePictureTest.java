package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.proto.v1.CameraFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FramePictureTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    private static final int MEMORY = 27 * WIDTH * HEIGHT;

    private final ImageDecoder decoder = new ImageDecoder(WIDTH * HEIGHT);

    @Test
    void aFrameTakesWhatItsPicturesHeaderSaysAndItsOwnBytes() {
        byte[] frame = frame(ImageEncoder.png(picture(WIDTH, HEIGHT)));
        assertThat(FramePicture.memory(frame, decoder)).isEqualTo(MEMORY + frame.length);
    }

    @Test
    void aHeaderBehindManyOtherSegmentsIsFound() throws IOException {
        byte[] frame = frame(withComments(ImageEncoder.jpeg(picture(WIDTH, HEIGHT)), 3));
        assertThat(frame.length).isGreaterThan(180_000);
        assertThat(FramePicture.memory(frame, decoder)).isEqualTo(MEMORY + frame.length);
    }

    @Test
    void aFrameThatWillBeRefusedTakesItsOwnBytesAlone() {
        byte[] words =
                frame("no image, only words".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] large = frame(ImageEncoder.png(picture(WIDTH, HEIGHT + 1)));
        assertThat(FramePicture.memory(words, decoder)).isEqualTo(words.length);
        assertThat(FramePicture.memory(large, decoder)).isEqualTo(large.length);
        assertThat(FramePicture.memory(new byte[] {-1}, decoder)).isEqualTo(1);
    }

    @Test
    void aFrameThatNamesItsPictureByAPathTakesMoreThanThereIs() {
        CameraFrame.Builder frame = CameraFrame.newBuilder();
        frame.getCommandBuilder().setImagePath("/pictures/a.png");
        assertThat(FramePicture.memory(frame.build().toByteArray(), decoder))
                .isGreaterThan(Runtime.getRuntime().maxMemory());
    }

    private static RgbImage picture(int width, int height) {
        return new RgbImage(width, height, new byte[3 * width * height]);
    }

    private static byte[] frame(byte[] picture) {
        CameraFrame.Builder frame = CameraFrame.newBuilder();
        frame.getCommandBuilder().setImageBytes(ByteString.copyFrom(picture));
        return frame.build().toByteArray();
    }

    /** With comments of 60 kB each right behind the start of the image. */
    private static byte[] withComments(byte[] jpeg, int count) throws IOException {
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(jpeg, 0, 2);
        byte[] text = new byte[60_000];
        for (int i = 0; i < count; i++) {
            longer.write(0xff);
            longer.write(0xfe);
            longer.write((text.length + 2) >> 8);
            longer.write(text.length + 2);
            longer.write(text);
        }
        longer.write(jpeg, 2, jpeg.length - 2);
        return longer.toByteArray();
    }
}
