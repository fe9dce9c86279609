package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.DepthMapping;
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
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.lifting.surface.MeshSettings;
import io.liftstream.proto.foxglove.PointCloud;
import io.liftstream.proto.v1.DepthEstimationResult;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.RoomCameras;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.ResultFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Four cameras of one room, as a viewer of their clouds sees them: by what the messages say. */
class PosedCloudsTest {
    private static final int CAMERAS = 4;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;
    private static final double MAX_OFF = 0.02;

    private final RoomCameras room = RoomCameras.of(11, CAMERAS);

    @ParameterizedTest
    @EnumSource(Axes.class)
    void theWallsOfAllCamerasCoincide(Axes axes) throws Exception {
        int[][] seen = new int[4][CAMERAS];
        double farthest = 0;
        try (var harness = harness()) {
            harness.open();
            for (int camera = 0; camera < CAMERAS; camera++) {
                harness.processElement(new StreamRecord<>(frame(camera, axes)));
            }
            for (int camera = 0; camera < CAMERAS; camera++) {
                byte[] value = harness.extractOutputValues().get(camera).value();
                // The bytes are Foxglove's: what any viewer would read.
                PointCloud cloud =
                        PointCloud.parseFrom(
                                DepthEstimationResult.parseFrom(value)
                                        .getPointCloud()
                                        .toByteArray());
                assertThat(cloud.getFrameId()).isEqualTo("world");
                CameraPose pose = poseOf(cloud);
                ByteBuffer points =
                        cloud.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                assertThat(points.remaining()).isEqualTo(16 * WIDTH * HEIGHT);
                for (int at = 0; at < points.limit(); at += 16) {
                    double[] world =
                            pose.toWorld(
                                    points.getFloat(at),
                                    points.getFloat(at + 4),
                                    points.getFloat(at + 8));
                    farthest = Math.max(farthest, room.offWalls(world));
                    if (room.wallOf(world) >= 0) {
                        seen[room.wallOf(world)][camera]++;
                    }
                }
            }
        }
        System.out.printf(
                "clouds of %d cameras: %.6f m off the walls at most%n", CAMERAS, farthest);
        assertThat(farthest).isLessThan(MAX_OFF);
        for (int[] ofWall : seen) {
            assertThat(Arrays.stream(ofWall).filter(points -> points > 500).count())
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static CameraPose poseOf(PointCloud cloud) {
        var position = cloud.getPose().getPosition();
        var turned = cloud.getPose().getOrientation();
        return CameraPose.of(
                position.getX(),
                position.getY(),
                position.getZ(),
                turned.getX(),
                turned.getY(),
                turned.getZ(),
                turned.getW());
    }

    private EstimatedFrame frame(int camera, Axes axes) {
        RenderedFrame rendered = room.frame(camera, WIDTH, HEIGHT);
        EstimatedImage image =
                EstimatedImage.of(
                        new RgbImage(WIDTH, HEIGHT, rendered.rgb()),
                        new ImageSize(WIDTH, HEIGHT),
                        rendered.depthMetres(),
                        DepthRange.ofFinite(rendered.depthMetres()),
                        DepthSource.SUPPLIED,
                        new LiftingParameters(
                                rendered.intrinsics(),
                                1000,
                                50,
                                DepthMapping.METRIC,
                                0.5,
                                50,
                                null,
                                axes,
                                0,
                                new MeshSettings(2, 85, 0.04)),
                        new WantedOutputs(false, true, false, false));
        CameraFrame frame =
                new CameraFrame(
                        "c" + camera,
                        camera,
                        camera,
                        new byte[1],
                        new Provenance("f", 0, camera, 0));
        return new EstimatedFrame(new SequencedFrame(0, frame), IntrinsicsSource.MESSAGE, image);
    }

    private KeyedOneInputStreamOperatorTestHarness<String, EstimatedFrame, EncodedResult> harness()
            throws Exception {
        Map<String, CameraGeometry> cameras = new HashMap<>();
        for (int camera = 0; camera < CAMERAS; camera++) {
            cameras.put(
                    "c" + camera,
                    new CameraGeometry(ScaleMode.FRAME, KnownPoints.NONE, null, room.pose(camera)));
        }
        LiftSettings settings =
                new LiftSettings(
                        new ResultFormat(
                                DepthMapFormat.NONE,
                                DepthImageFormat.PNG,
                                DistanceFormat.NONE,
                                1 << 23),
                        new CameraGeometry(ScaleMode.FRAME, KnownPoints.NONE, null, null),
                        cameras,
                        SteadyScaleSettings.DEFAULT,
                        new CalibrationSettings(0, false),
                        0);
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new LiftFrames(settings, null, 100)),
                EstimatedFrame::cameraId,
                Types.STRING);
    }
}
