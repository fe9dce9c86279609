package io.liftstream.cli.demo;

import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.wire.ReadResult;
import java.util.List;

/** The demo's frames, lifted without Kafka and Flink. */
final class LiftedFleet {
    private static final int CAMERAS = 3;

    private LiftedFleet() {}

    /** Hands over frames as the job would: with depth image and cloud, or with neither. */
    static void lift(DemoTally tally, int frames, boolean withFiles) throws Exception {
        RenderedSupply supply = new RenderedSupply(CAMERAS, 5);
        try (DepthEstimation estimation = new DepthEstimation()) {
            for (int i = 0; i < frames; i++) {
                DemoFrame frame = supply.frame(i % CAMERAS, i / CAMERAS);
                tally.published(frame, i);
                tally.result(read(frame, estimation.run(command(frame, withFiles))), i + 40);
            }
        }
    }

    private static DepthEstimationCommand command(DemoFrame frame, boolean withFiles) {
        return DepthEstimationCommand.ofImage(frame.image())
                .returnDepthImage(withFiles)
                .returnPointCloud(withFiles)
                .advancedConfig(
                        DepthEstimationAdvanceConfig.builder()
                                .fx(frame.intrinsics().fx())
                                .fy(frame.intrinsics().fy())
                                .cx(frame.intrinsics().cx())
                                .cy(frame.intrinsics().cy())
                                .build())
                .build();
    }

    private static ReadResult read(DemoFrame frame, DepthEstimationResult result) {
        return new ReadResult(
                frame.cameraId(),
                0,
                frame.sequence(),
                frame.sequence(),
                result,
                IntrinsicsSource.MESSAGE,
                List.of(),
                new Provenance("frames", 0, frame.sequence(), 0),
                CameraSetup.UNKNOWN,
                CaptureTimeSource.MESSAGE,
                null,
                null);
    }
}
