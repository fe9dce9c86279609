package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.DepthRange;
import io.liftstream.lifting.DepthSource;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.LiftingParameters;
import io.liftstream.lifting.ScaleMode;
import io.liftstream.lifting.WantedOutputs;
import io.liftstream.lifting.scale.FrameScale;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.lifting.scale.ScaleReset;
import io.liftstream.lifting.surface.MeshSettings;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.ResultDecoder;
import java.net.URL;
import java.nio.file.Path;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;

/** Savepoints of each version of what a steady scale remembers. */
class LiftFramesSavepointTest {
    private static final int WIDTH = 32;
    private static final int HEIGHT = 24;

    @Test
    void theSavepointOfTheFirstVersionIsStillRead() throws Exception {
        URL savepoint =
                LiftFramesSavepointTest.class.getResource("/savepoints/lift-frames-v1.snapshot");
        try (var harness = harness()) {
            harness.initializeState(
                    OperatorSnapshotUtil.readStateHandle(Path.of(savepoint.toURI()).toString()));
            harness.open();
            harness.processElement(new StreamRecord<>(frame("gate", 2, 4, -2)));
            harness.processElement(new StreamRecord<>(frame("yard", 2, 4, -2)));
            harness.processElement(new StreamRecord<>(frame("new", 2, 4, -2)));

            FrameScale gate = scale(harness.extractOutputValues().get(0));
            assertThat(gate.reset()).isNull();
            assertThat(gate.scale()).isCloseTo(4, within(1e-3));
            assertThat(gate.shift()).isCloseTo(-2, within(1e-3));
            assertThat(scale(harness.extractOutputValues().get(1)).reset()).isNull();
            assertThat(scale(harness.extractOutputValues().get(2)).reset())
                    .isEqualTo(ScaleReset.START);
        }
    }

    private static FrameScale scale(EncodedResult result) throws Exception {
        return ResultDecoder.decode(result.value()).result().scale();
    }

    static KeyedOneInputStreamOperatorTestHarness<String, EstimatedFrame, EncodedResult> harness()
            throws Exception {
        return LiftFramesScaleTest.harness(
                new CameraGeometry(ScaleMode.STEADY, KnownPoints.NONE, null, null));
    }

    /** A still scene whose network says {@code depth = scale * output + shift}. */
    static EstimatedFrame frame(String camera, int index, double scale, double shift) {
        float[] outputs = new float[WIDTH * HEIGHT];
        byte[] rgb = new byte[3 * outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            double depth = 0.2 + (i % WIDTH) / 50.0 + (i / WIDTH % 7) / 9.0;
            outputs[i] = (float) ((depth - shift) / scale);
            byte luma = (byte) (40 + 90 * ((i % WIDTH / 4 + i / WIDTH / 4) % 3));
            rgb[3 * i] = luma;
            rgb[3 * i + 1] = luma;
            rgb[3 * i + 2] = luma;
        }
        EstimatedImage image =
                EstimatedImage.of(
                        new RgbImage(WIDTH, HEIGHT, rgb),
                        new ImageSize(WIDTH, HEIGHT),
                        outputs,
                        DepthRange.ofFinite(outputs),
                        new DepthSource("net@0123", "net.onnx", 1, false),
                        new LiftingParameters(
                                new Intrinsics(30, 30, 15.5, 11.5),
                                1000,
                                10,
                                DepthMapping.INVERSE,
                                0.5,
                                10,
                                null,
                                Axes.OPTICAL,
                                0.04,
                                new MeshSettings(2, 85, 0.04)),
                        new WantedOutputs(false, true, false, false));
        CameraFrame frame =
                new CameraFrame(
                        camera,
                        1_700_000_000_000_000_000L + index * 100_000_000L,
                        index,
                        new byte[1],
                        new Provenance("f", 0, index, 0));
        return new EstimatedFrame(
                new SequencedFrame(3, frame), IntrinsicsSource.CAMERA_CONFIG, image);
    }
}
