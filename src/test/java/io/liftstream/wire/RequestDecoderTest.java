package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationCommand;
import io.liftstream.proto.v1.FixedRange;
import io.liftstream.proto.v1.SuppliedDepthEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDecoderTest {
    private static final byte[] IMAGE = {1, 2, 3};

    @TempDir Path root;

    @Test
    void whatTheMessageLeavesOutComesFromTheDefaults() {
        DepthEstimationAdvanceConfig config =
                DepthEstimationAdvanceConfig.builder()
                        .fx(500.0)
                        .depthTrunc(8.0)
                        .depthMapping(DepthMapping.LINEAR)
                        .axes(Axes.OPENGL)
                        .fixedRange(new io.liftstream.lifting.FixedRange(1, 2))
                        .build();

        LiftingRequest request =
                decode(new LiftingDefaults(true, true, true, config), command -> {});

        assertThat(request.command().advancedConfig()).isEqualTo(config);
        assertThat(request.command().returnDepthImage()).isTrue();
        assertThat(request.command().returnPointCloud()).isTrue();
        assertThat(request.command().imageBytes()).isEqualTo(IMAGE);
        assertThat(request.command().modelBackend()).isNull();
        assertThat(request.command().suppliedDepth()).isNull();
    }

    @Test
    void whatTheMessageSaysIsStrongerThanTheDefaultsFieldByField() {
        DepthEstimationAdvanceConfig weaker =
                DepthEstimationAdvanceConfig.builder()
                        .fx(1.0)
                        .fy(2.0)
                        .cx(3.0)
                        .cy(4.0)
                        .depthScale(5.0)
                        .depthTrunc(6.0)
                        .depthMapping(DepthMapping.LINEAR)
                        .near(7.0)
                        .far(8.0)
                        .fixedRange(new io.liftstream.lifting.FixedRange(9, 10))
                        .axes(Axes.OPENGL)
                        .build();

        LiftingRequest request =
                decode(
                        new LiftingDefaults(true, true, true, weaker),
                        command ->
                                command.setReturnDepthImage(false)
                                        .setReturnPointCloud(false)
                                        .getAdvancedConfigBuilder()
                                        .setFy(20)
                                        .setCx(0)
                                        .setDepthScale(50)
                                        .setDepthMapping(
                                                io.liftstream.proto.v1.DepthMapping
                                                        .DEPTH_MAPPING_METRIC)
                                        .setFar(80)
                                        .setFixedRange(FixedRange.newBuilder().setLo(-1))
                                        .setAxes(io.liftstream.proto.v1.Axes.AXES_OPTICAL));

        assertThat(request.command().returnDepthImage()).isFalse();
        assertThat(request.command().returnPointCloud()).isFalse();
        assertThat(request.command().advancedConfig())
                .isEqualTo(
                        DepthEstimationAdvanceConfig.builder()
                                .fx(1.0)
                                .fy(20.0)
                                .cx(0.0)
                                .cy(4.0)
                                .depthScale(50.0)
                                .depthTrunc(6.0)
                                .depthMapping(DepthMapping.METRIC)
                                .near(7.0)
                                .far(80.0)
                                .fixedRange(new io.liftstream.lifting.FixedRange(-1, 0))
                                .axes(Axes.OPTICAL)
                                .build());
    }

    @Test
    void withoutDefaultsNothingIsReturnedThatWasNotAskedFor() {
        LiftingRequest request = decode(LiftingDefaults.EMPTY, command -> {});

        assertThat(request.command().returnDepthImage()).isFalse();
        assertThat(request.command().returnPointCloud()).isFalse();
        assertThat(request.command().advancedConfig())
                .isEqualTo(DepthEstimationAdvanceConfig.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, MESSAGE",
        "4, 4, MESSAGE",
        "3, 4, CAMERA_CONFIG",
        "0, 4, CAMERA_CONFIG",
        "3, 3, SCALED_DEFAULT",
        "0, 0, SCALED_DEFAULT"
    })
    void theWeakestOfTheFourIntrinsicsDecidesTheirSource(
            int inMessage, int configured, IntrinsicsSource expected) {
        DepthEstimationAdvanceConfig.Builder config = DepthEstimationAdvanceConfig.builder();
        if (configured > 0) {
            config.fx(1.0).fy(1.0).cx(1.0).cy(configured > 3 ? 1.0 : null);
        }
        LiftingRequest request =
                decode(
                        new LiftingDefaults(null, null, null, config.build()),
                        command -> {
                            if (inMessage > 0) {
                                command.getAdvancedConfigBuilder().setFx(2).setFy(2).setCx(2);
                            }
                            if (inMessage > 3) {
                                command.getAdvancedConfigBuilder().setCy(2);
                            }
                        });

        assertThat(request.intrinsicsSource()).isEqualTo(expected);
    }

    @Test
    void constantsThatAreNotKnownAreRefused() {
        assertRefused(
                RejectionReason.INVALID_COMMAND,
                "advanced_config.depth_mapping is 99",
                command -> command.getAdvancedConfigBuilder().setDepthMappingValue(99));
        assertRefused(
                RejectionReason.INVALID_COMMAND,
                "advanced_config.axes is 99",
                command -> command.getAdvancedConfigBuilder().setAxesValue(99));
        assertRefused(
                RejectionReason.INVALID_COMMAND,
                "supplied_depth.encoding is 99",
                command ->
                        command.getSuppliedDepthBuilder()
                                .setWidth(1)
                                .setHeight(1)
                                .setEncodingValue(99));
    }

    @Test
    void anUnspecifiedConstantIsTheDefaults() {
        LiftingDefaults defaults =
                new LiftingDefaults(
                        null,
                        null,
                        null,
                        DepthEstimationAdvanceConfig.builder().axes(Axes.OPENGL).build());

        LiftingRequest request =
                decode(defaults, command -> command.getAdvancedConfigBuilder().setAxesValue(0));

        assertThat(request.command().advancedConfig().axes()).isEqualTo(Axes.OPENGL);
    }

    @Test
    void suppliedDepthIsReadInItsEncoding() {
        SuppliedDepth floats =
                supplied(
                        SuppliedDepthEncoding.SUPPLIED_DEPTH_ENCODING_FLOAT32,
                        new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, (byte) 0xc0, 0x7f});
        SuppliedDepth raw =
                supplied(
                        SuppliedDepthEncoding.SUPPLIED_DEPTH_ENCODING_UINT16,
                        new byte[] {1, 2, (byte) 0xff, (byte) 0xff});

        assertThat(((SuppliedDepth.Floats) floats).values()).containsExactly(1f, Float.NaN);
        assertThat(((SuppliedDepth.Raw) raw).values()).containsExactly((short) 0x201, (short) -1);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, SUPPLIED_DEPTH_ENCODING_FLOAT32, 7",
        "2, 1, SUPPLIED_DEPTH_ENCODING_FLOAT32, 12",
        "2, 1, SUPPLIED_DEPTH_ENCODING_UINT16, 3",
        "2, 1, SUPPLIED_DEPTH_ENCODING_UINT16, 8",
        "0, 1, SUPPLIED_DEPTH_ENCODING_UINT16, 0",
        "1, -1, SUPPLIED_DEPTH_ENCODING_UINT16, 2",
        "2147483647, 2147483647, SUPPLIED_DEPTH_ENCODING_FLOAT32, 4",
        "1073741824, 1073741824, SUPPLIED_DEPTH_ENCODING_FLOAT32, 0",
        "1, 1, SUPPLIED_DEPTH_ENCODING_UNSPECIFIED, 4"
    })
    void suppliedDepthThatIsNotOfItsStatedSizeIsRefused(
            int width, int height, SuppliedDepthEncoding encoding, int bytes) {
        assertRefused(
                RejectionReason.INVALID_COMMAND,
                "supplied_depth",
                command ->
                        command.getSuppliedDepthBuilder()
                                .setWidth(width)
                                .setHeight(height)
                                .setEncoding(encoding)
                                .setData(ByteString.copyFrom(new byte[bytes])));
    }

    @Test
    void aCommandWithoutImageIsRefused() {
        assertRefused(
                RejectionReason.INVALID_COMMAND,
                "image_input is missing",
                DepthEstimationCommand.Builder::clearImageInput);
    }

    @Test
    void onlyFilesBelowAnAllowedRootAreRead() throws IOException {
        Path image = Files.write(root.resolve("image.png"), IMAGE);

        LiftingRequest request =
                decode(LiftingDefaults.EMPTY, command -> command.setImagePath(image.toString()));

        assertThat(request.command().imageBytes()).isEqualTo(IMAGE);
        for (String path :
                List.of(
                        "/etc/passwd",
                        root + "/../../etc/passwd",
                        root + "/absent.png",
                        "\u0000",
                        "")) {
            assertRefused(
                    RejectionReason.PATH_NOT_ALLOWED,
                    "image_path",
                    command -> command.setImagePath(path));
        }
    }

    @Test
    void onlyAllowedModelsAreUsed() {
        assertThat(
                        decode(LiftingDefaults.EMPTY, command -> command.setModelBackend("listed"))
                                .command()
                                .modelBackend())
                .isEqualTo("listed");
        assertRefused(
                RejectionReason.MODEL_NOT_ALLOWED,
                "model_backend is unlisted",
                command -> command.setModelBackend("unlisted"));
        assertRefused(
                RejectionReason.MODEL_NOT_ALLOWED,
                "model_backend",
                command -> command.setModelBackend("https://example.org/model.onnx"));
        assertRefused(
                RejectionReason.PATH_NOT_ALLOWED,
                "model_backend",
                command -> command.setModelBackend("/etc/model.onnx"));
    }

    private SuppliedDepth supplied(SuppliedDepthEncoding encoding, byte[] data) {
        return decode(
                        LiftingDefaults.EMPTY,
                        command ->
                                command.getSuppliedDepthBuilder()
                                        .setWidth(2)
                                        .setHeight(1)
                                        .setEncoding(encoding)
                                        .setData(ByteString.copyFrom(data)))
                .command()
                .suppliedDepth();
    }

    private void assertRefused(
            RejectionReason reason,
            String detail,
            Consumer<DepthEstimationCommand.Builder> change) {
        assertThatThrownBy(() -> decode(LiftingDefaults.EMPTY, change))
                .isInstanceOfSatisfying(
                        LiftingException.class,
                        fault -> assertThat(fault.reason()).isEqualTo(reason))
                .hasMessageContaining(detail);
    }

    private LiftingRequest decode(
            LiftingDefaults defaults, Consumer<DepthEstimationCommand.Builder> change) {
        DepthEstimationCommand.Builder command =
                DepthEstimationCommand.newBuilder().setImageBytes(ByteString.copyFrom(IMAGE));
        change.accept(command);
        byte[] payload = CameraFrame.newBuilder().setCommand(command).build().toByteArray();
        return new RequestDecoder(
                        new AllowedModels(List.of("listed"), List.of(root), List.of(root)),
                        new ResultFormat(
                                DepthMapFormat.FLOAT32,
                                DepthImageFormat.PNG,
                                DistanceFormat.NONE,
                                1 << 20))
                .decode(payload, defaults);
    }
}
