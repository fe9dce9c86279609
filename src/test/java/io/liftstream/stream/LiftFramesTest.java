package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.BatchEstimator;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.ImageSizeLimit;
import io.liftstream.lifting.ResultSize;
import io.liftstream.lifting.ScaleMode;
import io.liftstream.lifting.StepListener;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.ResultDecoder;
import io.liftstream.wire.ResultFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operator in Flink's harness, with frames whose depth was supplied. */
class LiftFramesTest {
    private static final int MAX_BYTES = 4096;
    private static final int LARGE = 64;

    private final Frames frames = new Frames();

    @Test
    void framesBecomeResultsInTheirOrder() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(new StreamRecord<>(frame("gate", 1, 2)));
            harness.processElement(new StreamRecord<>(frame("yard", 7, 3)));
            harness.processElement(new StreamRecord<>(frame("gate", 2, 4)));

            List<String> lifted = new ArrayList<>();
            for (EncodedResult result : harness.extractOutputValues()) {
                ReadResult read = ResultDecoder.decode(result.value());
                assertThat(read.intrinsicsSource()).isEqualTo(IntrinsicsSource.CAMERA_CONFIG);
                assertThat(read.result().pointCloud().count())
                        .isEqualTo(read.result().width() * read.result().height());
                lifted.add(read.cameraId() + read.sequence() + " " + read.result().width());
            }
            assertThat(lifted).containsExactly("gate1 2", "yard7 3", "gate2 4");
        }
    }

    @Test
    void aFrameThatIsTooLargeForTheTopicIsRejectedAloneWithItsOriginal() throws Exception {
        try (var harness = harness()) {
            harness.open();
            EstimatedFrame tooLarge = frame("gate", 1, LARGE);
            harness.processElement(new StreamRecord<>(tooLarge));
            harness.processElement(new StreamRecord<>(frame("gate", 2, 2)));

            assertThat(harness.extractOutputValues()).hasSize(1);
            FrameRejection rejection =
                    harness.getSideOutput(RejectionOutput.TAG).remove().getValue();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.RESULT_TOO_LARGE);
            assertThat(rejection.stage()).isEqualTo("encode");
            assertThat(rejection.sequence()).isEqualTo(1);
            assertThat(rejection.original()).isEqualTo(tooLarge.frame().frame().payload());
        }
    }

    @Test
    void whatNobodyForesawInOneFrameIsThatFramesRejection() throws Exception {
        try (var harness = harness()) {
            harness.open();
            EstimatedFrame broken =
                    new EstimatedFrame(
                            new SequencedFrame(0, frames.of("gate", 1, 1)),
                            IntrinsicsSource.CAMERA_CONFIG,
                            null);
            harness.processElement(new StreamRecord<>(broken));
            harness.processElement(new StreamRecord<>(frame("gate", 2, 2)));

            assertThat(harness.extractOutputValues()).hasSize(1);
            FrameRejection rejection =
                    harness.getSideOutput(RejectionOutput.TAG).remove().getValue();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.UNEXPECTED_FAILURE);
            assertThat(rejection.sequence()).isEqualTo(1);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, EstimatedFrame, EncodedResult>
            harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                        new LiftFrames(
                                new LiftSettings(
                                        new ResultFormat(
                                                DepthMapFormat.FLOAT32,
                                                DepthImageFormat.PNG,
                                                DistanceFormat.NONE,
                                                MAX_BYTES),
                                        new CameraGeometry(
                                                ScaleMode.FRAME, KnownPoints.NONE, null, null),
                                        Map.of(),
                                        SteadyScaleSettings.DEFAULT,
                                        new CalibrationSettings(0, false),
                                        0),
                                null,
                                MAX_BYTES)),
                EstimatedFrame::cameraId,
                Types.STRING);
    }

    private EstimatedFrame frame(String camera, long sequence, int side) {
        CameraFrame frame = frames.of(camera, sequence, sequence);
        return new EstimatedFrame(
                new SequencedFrame(0, frame), IntrinsicsSource.CAMERA_CONFIG, image(side));
    }

    private static EstimatedImage image(int side) {
        float[] depth = new float[side * side];
        Arrays.fill(depth, 2);
        DepthEstimationCommand command =
                DepthEstimationCommand.ofImage(
                                ImageEncoder.png(
                                        new RgbImage(side, side, new byte[3 * side * side])))
                        .suppliedDepth(new SuppliedDepth.Floats(side, side, depth))
                        .returnPointCloud(true)
                        .build();
        return new BatchEstimator(
                        modelBackend -> {
                            throw new AssertionError("the depth is supplied");
                        },
                        new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                        DefaultIntrinsics.PRIME_SENSE,
                        ResultSize.IMAGE,
                        ImageSizeLimit.NONE,
                        StepListener.NONE)
                .estimate(List.of(() -> command))
                .get(0)
                .imageOrThrow();
    }
}
