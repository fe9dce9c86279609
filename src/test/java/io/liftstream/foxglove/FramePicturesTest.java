package io.liftstream.foxglove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.proto.foxglove.CompressedImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The pictures of frames in messages. */
class FramePicturesTest {
    private static final int WIDTH = 8;
    private static final int HEIGHT = 6;
    private static final RgbImage GREY = new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);

    @Test
    void aPictureThatViewersShowIsPassedOnAsItIs() throws Exception {
        byte[] jpeg = ImageEncoder.jpeg(GREY);

        CompressedImage image = image(jpeg);

        assertThat(image.getFormat()).isEqualTo("jpeg");
        assertThat(image.getData().toByteArray()).isEqualTo(jpeg);
        assertThat(image.getFrameId()).isEqualTo("gate_optical");
        assertThat(image(ImageEncoder.png(GREY)).getFormat()).isEqualTo("png");
    }

    @Test
    void aPictureThatViewersDoNotShowBecomesPngWithTheSamePixels() throws Exception {
        BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(1, 1, 0x102030);
        ByteArrayOutputStream bmp = new ByteArrayOutputStream();
        ImageIO.write(picture, "bmp", bmp);

        CompressedImage image = image(bmp.toByteArray());

        assertThat(image.getFormat()).isEqualTo("png");
        ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
        assertThat(decoder.decode(image.getData().toByteArray()).rgb())
                .isEqualTo(decoder.decode(bmp.toByteArray()).rgb());
    }

    @Test
    void whatIsNoPictureIsRefused() {
        FrameMessages messages = messages();

        assertThatThrownBy(() -> messages.image("a note".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(LiftingException.class);
    }

    private static CompressedImage image(byte[] picture) throws Exception {
        FoxgloveMessage message = messages().image(picture);
        assertThat(message.topic()).isEqualTo("/gate/image");
        return CompressedImage.parseFrom(message.data());
    }

    private static FrameMessages messages() {
        short[] millimetres = new short[WIDTH * HEIGHT];
        Arrays.fill(millimetres, (short) 1_000);
        DepthEstimationResult result =
                DepthEstimation.withoutModels()
                        .run(
                                DepthEstimationCommand.ofImage(ImageEncoder.png(GREY))
                                        .suppliedDepth(
                                                new SuppliedDepth.Raw(WIDTH, HEIGHT, millimetres))
                                        .build());
        return new FrameMessages(
                "gate", 1_700_000_000_000_000_000L, result, CameraSetup.UNKNOWN, null);
    }
}
