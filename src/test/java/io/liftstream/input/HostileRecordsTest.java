package io.liftstream.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.image.ImageDecoder;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten thousand damaged records of each form: each is a frame or a rejection with its reason. */
class HostileRecordsTest {
    private static final int MUTATIONS = 10_000;
    private static final RequestDecoder REQUESTS =
            new RequestDecoder(
                    new AllowedModels(List.of(), List.of(), List.of()),
                    new ResultFormat(
                            DepthMapFormat.FLOAT32,
                            DepthImageFormat.PNG,
                            DistanceFormat.NONE,
                            1 << 20));

    static Stream<Arguments> forms() {
        InputSettings image = InputDecoderTest.settings(InputFormat.IMAGE, "key", "record");
        InputSettings json =
                InputDecoderTest.settings(InputFormat.JSON, "field:/meta/cam", "field:/time");
        InputSettings foxglove =
                InputDecoderTest.settings(
                        InputFormat.FOXGLOVE, "field:frame_id", "field:timestamp");
        return Stream.of(
                Arguments.of("liftstream", InputSettings.LIFTSTREAM, Records.cameraFrame()),
                Arguments.of("image", image, Records.PNG),
                Arguments.of("json", json, Records.json()),
                Arguments.of("compressed image", foxglove, Records.compressedImage()),
                Arguments.of("raw image", foxglove, Records.rawImage("bgr8", 3)),
                Arguments.of(
                        "framed liftstream",
                        InputDecoderTest.framed(InputSettings.LIFTSTREAM),
                        Records.framed(Records.cameraFrame(), 0)),
                Arguments.of(
                        "framed json",
                        InputDecoderTest.framed(json),
                        Records.framed(Records.json())),
                Arguments.of(
                        "framed compressed image",
                        InputDecoderTest.framed(foxglove),
                        Records.framed(Records.compressedImage(), 0)),
                Arguments.of(
                        "framed raw image",
                        InputDecoderTest.framed(foxglove),
                        Records.framed(Records.rawImage("mono8", 1), 2, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aDamagedRecordIsAFrameOrARejection(String name, InputSettings form, byte[] whole) {
        Random random = new Random(54);
        InputDecoder decoder = new InputDecoder(form);
        int rejected = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] value = mutated(whole, random);
            ReceivedFrame received = decoder.decode(Records.of("gate", value, Map.of()));
            if (received.frame() == null) {
                assertSaysWhy(received.rejection(), value);
                rejected++;
            } else {
                readRequest(decoder, received.frame());
            }
            RecordShape.of(value);
        }
        assertThat(rejected).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void whatADamagedRecordTakesIsAtLeastItsBytes(String name, InputSettings form, byte[] whole) {
        Random random = new Random(55);
        PictureMemory memory = new PictureMemory(form, new ImageDecoder(1_000_000));
        for (int i = 0; i < MUTATIONS / 10; i++) {
            byte[] value = mutated(whole, random);
            assertThat(memory.of(value)).isGreaterThanOrEqualTo(value.length);
        }
    }

    private static void assertSaysWhy(FrameRejection rejection, byte[] value) {
        assertThat(rejection.reason()).isNotNull();
        assertThat(rejection.detail()).isNotBlank().doesNotContain("\n").hasSizeLessThan(700);
        assertThat(rejection.original()).isSameAs(value);
    }

    /** What a frame asks for may be refused when its turn comes; nothing else is thrown. */
    private static void readRequest(InputDecoder decoder, CameraFrame frame) {
        try {
            decoder.request(frame.payload(), REQUESTS, LiftingDefaults.EMPTY);
        } catch (LiftingException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] mutated(byte[] whole, Random random) {
        byte[] value = whole.clone();
        int damages = 1 + random.nextInt(4);
        for (int i = 0; i < damages && value.length > 0; i++) {
            int at = random.nextInt(value.length);
            switch (random.nextInt(5)) {
                case 0 -> value[at] = (byte) random.nextInt(256);
                case 1 -> value[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> value = Arrays.copyOf(value, at);
                case 3 -> value = Arrays.copyOfRange(value, at, value.length);
                default -> Arrays.fill(value, at, Math.min(value.length, at + 8), (byte) 0xff);
            }
        }
        return value;
    }
}
