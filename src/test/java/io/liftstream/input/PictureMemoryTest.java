package io.liftstream.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a frame of any form takes is known before a pixel of it is decoded. */
class PictureMemoryTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    private static final int MEMORY = 27 * WIDTH * HEIGHT;

    private static final ImageDecoder DECODER = new ImageDecoder(WIDTH * HEIGHT);

    private final PictureMemory memory = new PictureMemory(InputSettings.LIFTSTREAM, DECODER);

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.liftstream.input.HostileRecordsTest#forms")
    void whateverItsFormAFrameTakesWhatItsPictureDoes(
            String name, InputSettings form, byte[] whole) {
        assertThat(new PictureMemory(form, DECODER).of(whole))
                .isEqualTo(27 * Records.WIDTH * Records.HEIGHT + whole.length);
    }

    @Test
    void aFrameTakesWhatItsPicturesHeaderSaysAndItsOwnBytes() {
        byte[] frame = frame(ImageEncoder.png(picture(WIDTH, HEIGHT)));
        assertThat(memory.of(frame)).isEqualTo(MEMORY + frame.length);
    }

    @Test
    void aHeaderBehindManyOtherSegmentsIsFound() throws IOException {
        byte[] frame = frame(withComments(ImageEncoder.jpeg(picture(WIDTH, HEIGHT)), 3));
        assertThat(frame.length).isGreaterThan(180_000);
        assertThat(memory.of(frame)).isEqualTo(MEMORY + frame.length);
    }

    @Test
    void aFrameThatWillBeRefusedTakesItsOwnBytesAlone() {
        byte[] words =
                frame("no image, only words".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] withoutPicture =
                CameraFrame.newBuilder()
                        .setCommand(DepthEstimationCommand.newBuilder().setReturnMesh(true))
                        .build()
                        .toByteArray();
        byte[] large = frame(ImageEncoder.png(picture(WIDTH, HEIGHT + 1)));
        assertThat(memory.of(words)).isEqualTo(words.length);
        assertThat(memory.of(large)).isEqualTo(large.length);
        assertThat(memory.of(new byte[] {-1})).isEqualTo(1);
        assertThat(memory.of(withoutPicture)).isEqualTo(withoutPicture.length);
    }

    @Test
    void aRawImageWhosePixelsAreNotAllThereTakesItsOwnBytesAlone() {
        byte[] cut = Records.rawImage("rgba8", 3);
        InputSettings foxglove =
                InputDecoderTest.settings(
                        InputFormat.FOXGLOVE, "field:frame_id", "field:timestamp");
        assertThat(new PictureMemory(foxglove, DECODER).of(cut)).isEqualTo(cut.length);
    }

    @Test
    void aFrameThatNamesItsPictureByAPathTakesMoreThanThereIs() {
        CameraFrame.Builder frame = CameraFrame.newBuilder();
        frame.getCommandBuilder().setImagePath("/pictures/a.png");
        assertThat(memory.of(frame.build().toByteArray()))
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
