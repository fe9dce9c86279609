package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.CalibrationFeed;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.MetricBasis;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthRange;
import io.liftstream.lifting.DepthSource;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.LiftingParameters;
import io.liftstream.lifting.ScaleMode;
import io.liftstream.lifting.WantedOutputs;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.lifting.scale.ScaleReset;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.lifting.surface.MeshSettings;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.ResultDecoder;
import io.liftstream.wire.ResultFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operator in Flink's harness: what it remembers, of whom, and over a restart. */
class LiftFramesScaleTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final long FRAME_NANOS = 100_000_000;
    private static final DepthSource NETWORK = new DepthSource("net@0123", "net.onnx", 1, false);
    private static final CameraGeometry STEADY =
            new CameraGeometry(ScaleMode.STEADY, KnownPoints.NONE, null, null);

    /** Of pictures twice as large. */
    private static final CameraCalibration LARGE =
            new CameraCalibration(
                    2 * WIDTH,
                    2 * HEIGHT,
                    new Intrinsics(120, 120, 63.5, 47.5),
                    LensModel.PLUMB_BOB,
                    Collections.nCopies(5, 0.0));

    private final StillCamera room = StillCamera.of(3, SceneFamily.ROOM, WIDTH, HEIGHT);
    private final StillCamera corridor = StillCamera.of(5, SceneFamily.CORRIDOR, WIDTH, HEIGHT);

    @Test
    void aRestartInTheMiddleChangesNoByte() throws Exception {
        List<EstimatedFrame> frames = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            frames.add(frame("room", i, i < 4 ? room.frame(i) : room.withBox(i, 0)));
            frames.add(frame("corridor", i, corridor.frame(i)));
        }
        List<String> whole = lifted(frames, Integer.MAX_VALUE);
        for (int stop : new int[] {1, 9, 16}) {
            assertThat(lifted(frames, stop)).as("stopped after " + stop).isEqualTo(whole);
        }
    }

    @Test
    void aCameraRemembersItsOwnFramesAlone() throws Exception {
        try (var harness = harness(STEADY)) {
            harness.open();
            harness.processElement(new StreamRecord<>(frame("room", 0, room.frame(0))));
            harness.processElement(new StreamRecord<>(frame("corridor", 0, corridor.frame(0))));
            harness.processElement(new StreamRecord<>(frame("room", 1, room.frame(1))));
            List<DepthEstimationResult> results = results(harness.extractOutputValues());
            assertThat(results.get(0).scale().reset()).isEqualTo(ScaleReset.START);
            assertThat(results.get(1).scale().reset()).isEqualTo(ScaleReset.START);
            assertThat(results.get(2).scale().reset()).isNull();
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
        }
    }

    @Test
    void aScaleOfEachFrameKeepsNoState() throws Exception {
        try (var harness =
                harness(new CameraGeometry(ScaleMode.FRAME, KnownPoints.NONE, null, null))) {
            harness.open();
            harness.processElement(new StreamRecord<>(frame("room", 0, room.frame(0))));
            assertThat(results(harness.extractOutputValues()).get(0).scale()).isNull();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void knownPointsMakeMetresAndAreRefusedOutsideThePicture() throws Exception {
        RenderedFrame frame = room.frame(0);
        String points = "32,24," + truth(frame, 32, 24) + "; 5,5," + truth(frame, 5, 5);
        try (var harness =
                harness(
                        new CameraGeometry(
                                ScaleMode.FRAME, KnownPoints.parse(points), null, null))) {
            harness.open();
            harness.processElement(new StreamRecord<>(frame("room", 0, frame)));
            DepthEstimationResult result = results(harness.extractOutputValues()).get(0);
            assertThat(result.metricBasis()).isEqualTo(MetricBasis.SURVEYED);
            assertThat(result.metric()).isTrue();
            assertThat(result.scale().residual()).isLessThan(0.01);
        }
        try (var harness =
                harness(
                        new CameraGeometry(
                                ScaleMode.STEADY, KnownPoints.parse("5,5,2;64,5,1"), null, null))) {
            harness.open();
            harness.processElement(new StreamRecord<>(frame("room", 0, frame)));
            FrameRejection rejection =
                    harness.getSideOutput(RejectionOutput.TAG).iterator().next().getValue();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.INVALID_COMMAND);
            assertThat(rejection.detail()).startsWith("known point is (64, 5)");
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    /** They are in pixels of the calibrated pictures, which are twice as large here. */
    @Test
    void knownPointsOfACalibrationAreStrongerThanTheConfigured() throws Exception {
        CameraGeometry outside =
                new CameraGeometry(ScaleMode.FRAME, KnownPoints.parse("64,5,2;5,5,1"), null, null);
        try (var harness = harness(outside, LiftFramesScaleTest::surveyed)) {
            harness.open();
            RenderedFrame frame = StillCamera.of(3, SceneFamily.ROOM, WIDTH, HEIGHT).frame(0);
            harness.processElement(new StreamRecord<>(frame("room", 0, frame)));
            DepthEstimationResult result = results(harness.extractOutputValues()).get(0);
            assertThat(result.metricBasis()).isEqualTo(MetricBasis.SURVEYED);
            assertThat(result.pointCloud().z(0)).isCloseTo(frame.depthMetres()[0], within(0.01f));
        }
    }

    @Test
    void configuredKnownPointsAreInPixelsOfTheCalibratedPictures() throws Exception {
        RenderedFrame frame = room.frame(0);
        CameraGeometry geometry =
                new CameraGeometry(ScaleMode.FRAME, twiceAsLarge(frame), LARGE, null);
        try (var harness = harness(geometry)) {
            harness.open();
            harness.processElement(new StreamRecord<>(frame("room", 0, frame)));
            DepthEstimationResult result = results(harness.extractOutputValues()).get(0);
            assertThat(result.metricBasis()).isEqualTo(MetricBasis.SURVEYED);
            assertThat(result.pointCloud().z(0)).isCloseTo(frame.depthMetres()[0], within(0.01f));
        }
    }

    private static KnownPoints twiceAsLarge(RenderedFrame frame) {
        return KnownPoints.parse("65,49," + truth(frame, 32, 24) + "; 11,11," + truth(frame, 5, 5));
    }

    private static CalibrationFeed surveyed() {
        RenderedFrame frame = StillCamera.of(3, SceneFamily.ROOM, WIDTH, HEIGHT).frame(0);
        Calibrations feed = new Calibrations();
        feed.topic.add(Calibrations.published("room", LARGE, twiceAsLarge(frame), 0, 0));
        return feed;
    }

    private static double truth(RenderedFrame frame, int column, int row) {
        return frame.depthMetres()[row * WIDTH + column];
    }

    /** Results of frames, with a savepoint and a new operator after some of them. */
    private static List<String> lifted(List<EstimatedFrame> frames, int stop) throws Exception {
        List<String> values = new ArrayList<>();
        OperatorSubtaskState state = null;
        int from = 0;
        while (from < frames.size()) {
            int to = from == 0 ? Math.min(stop, frames.size()) : frames.size();
            try (var harness = harness(STEADY)) {
                if (state != null) {
                    harness.initializeState(state);
                }
                harness.open();
                for (EstimatedFrame frame : frames.subList(from, to)) {
                    harness.processElement(new StreamRecord<>(frame));
                }
                state = harness.snapshot(1, 1);
                harness.extractOutputValues()
                        .forEach(result -> values.add(HexFormat.of().formatHex(result.value())));
            }
            from = to;
        }
        return values;
    }

    private static List<DepthEstimationResult> results(List<EncodedResult> encoded)
            throws Exception {
        List<DepthEstimationResult> results = new ArrayList<>();
        for (EncodedResult result : encoded) {
            results.add(ResultDecoder.decode(result.value()).result());
        }
        return results;
    }

    static KeyedOneInputStreamOperatorTestHarness<String, EstimatedFrame, EncodedResult> harness(
            CameraGeometry geometry) throws Exception {
        return harness(geometry, null);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, EstimatedFrame, EncodedResult>
            harness(CameraGeometry geometry, CalibrationFeed.Opener feed) throws Exception {
        LiftSettings settings =
                new LiftSettings(
                        new ResultFormat(
                                DepthMapFormat.FLOAT32,
                                DepthImageFormat.PNG,
                                DistanceFormat.NONE,
                                1 << 23),
                        geometry,
                        Map.of(),
                        SteadyScaleSettings.DEFAULT,
                        new CalibrationSettings(0, true),
                        0);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new LiftFrames(settings, feed, 100)),
                EstimatedFrame::cameraId,
                Types.STRING);
    }

    private static EstimatedFrame frame(String camera, int index, RenderedFrame rendered) {
        float[] depth = new float[rendered.depthMetres().length];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 3 / rendered.depthMetres()[i] - index % 3;
        }
        LiftingParameters parameters =
                new LiftingParameters(
                        new Intrinsics(60, 60, 31.5, 23.5),
                        1000,
                        10,
                        DepthMapping.INVERSE,
                        0.5,
                        10,
                        null,
                        Axes.OPTICAL,
                        0.04,
                        new MeshSettings(2, 85, 0.04));
        EstimatedImage image =
                EstimatedImage.of(
                        new RgbImage(WIDTH, HEIGHT, rendered.rgb()),
                        new ImageSize(WIDTH, HEIGHT),
                        depth,
                        DepthRange.ofFinite(depth),
                        NETWORK,
                        parameters,
                        new WantedOutputs(false, true, true, false));
        CameraFrame frame =
                new CameraFrame(
                        camera,
                        1_700_000_000_000_000_000L + index * FRAME_NANOS,
                        index,
                        new byte[1],
                        new Provenance("f", 0, index, 0, true));
        return new EstimatedFrame(
                new SequencedFrame(0, frame), IntrinsicsSource.CAMERA_CONFIG, image);
    }
}
