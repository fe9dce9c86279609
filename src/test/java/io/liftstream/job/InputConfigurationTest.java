package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.input.InputFormat;
import io.liftstream.input.InputFraming;
import io.liftstream.input.InputSettings;
import io.liftstream.input.Records;
import io.liftstream.input.ValueSource;
import io.liftstream.stream.FrameMemory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InputConfigurationTest {

    @Test
    void withoutOptionsFramesAreCameraFrames() {
        assertThat(read()).isEqualTo(InputSettings.LIFTSTREAM);
    }

    @Test
    void eachFormatHasItsOwnPlaceOfTheTime() {
        assertThat(read("--input.format", "image").time()).isEqualTo(ValueSource.RECORD);
        assertThat(read("--input.format", "json").time()).hasToString("field /time");
        assertThat(read("--input.format", "foxglove").time()).hasToString("field timestamp");
    }

    @Test
    void everythingCanBeSaid() {
        assertThat(
                        read(
                                "--input.format", "json",
                                "--input.framing", "confluent",
                                "--input.camera", "id:gate",
                                "--input.time", "header:taken at",
                                "--input.image", "/data/0/jpeg"))
                .isEqualTo(
                        new InputSettings(
                                InputFormat.JSON,
                                InputFraming.CONFLUENT,
                                new ValueSource(ValueSource.Kind.ID, "gate"),
                                new ValueSource(ValueSource.Kind.HEADER, "taken at"),
                                "/data/0/jpeg"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--input.camera key | option input.camera is key: leave it out with input.format"
                        + " liftstream, a CameraFrame names its camera itself",
                "--input.time record | option input.time is record: leave it out with input.format"
                        + " liftstream, a CameraFrame has its capture time itself",
                "--input.format image --input.image /i | option input.image is /i: leave it out with"
                        + " input.format image, it is the place of an image in a JSON object",
                "--input.format image --input.camera field:/cam | option input.camera is field:/cam: it"
                        + " must be key, header:NAME or id:CAMERA, a camera id",
                "--input.format foxglove --input.camera field:/cam | it must be key, header:NAME,"
                        + " field:frame_id or id:CAMERA",
                "--input.format json --input.camera id:a/b | option input.camera is id:a/b: it must be"
                        + " key, header:NAME, field:/pointer or id:CAMERA, a camera id",
                "--input.format json --input.time key | option input.time is key: it must be record,"
                        + " header:NAME, field:/pointer",
                "--input.format json --input.image image | option input.image is image: it must be a JSON"
                        + " pointer such as /image or /data/jpeg",
                "--input.format jpeg | option input.format",
            })
    void whatIsWrongIsSaidWithWhatWouldBeRight(String words, String message) {
        assertThatThrownBy(() -> read(words.split(" ")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(InputFraming.class)
    void batchesCloseByTheMemoryOfPicturesOfTheConfiguredForm(InputFraming framing) {
        byte[] value = framing == InputFraming.NONE ? Records.PNG : Records.framed(Records.PNG);
        CameraFrame frame = new CameraFrame("gate", 1, 1, value, new Provenance("frames", 0, 1, 1));
        FrameMemory memory =
                topology("--input.format", "image", "--input.framing", framing.toString())
                        .frameMemory();
        assertThat(memory.of(frame)).isEqualTo(27 * Records.WIDTH * Records.HEIGHT + value.length);
    }

    private static InputSettings read(String... words) {
        return topology(words).estimate().input();
    }

    private static TopologySettings topology(String... words) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers", "broker:9092"));
        all.addAll(List.of(words));
        return JobSettingsReader.read(ConfigurationLoader.load(null, all)).topology();
    }
}
