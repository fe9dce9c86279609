package io.liftstream.foxglove;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.lifting.scale.KnownPoints;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a viewer is told of a frame that brought intrinsics of its own. */
class CalibrationMessageTest {
    private static final List<Double> TURNED =
            List.of(0.0, 1.0, 0.0, -1.0, 0.0, 0.0, 0.0, 0.0, 1.0);
    private static final List<Double> PROJECTION =
            List.of(9.0, 0.0, 3.5, 0.0, 0.0, 9.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0);

    @Test
    void aFrameWithIntrinsicsOfItsOwnHasNoProjectionOfTheCalibration() throws Exception {
        CameraCalibration wide =
                new CameraCalibration(
                        8,
                        3,
                        new Intrinsics(9, 9, 3.5, 1),
                        LensModel.PLUMB_BOB,
                        Collections.nCopies(5, 0.0));
        DatedCalibration held =
                new DatedCalibration(
                        0,
                        0,
                        "",
                        wide,
                        null,
                        new Rectification(TURNED, PROJECTION),
                        KnownPoints.NONE);
        DepthEstimationResult lifted =
                FrameMessagesTest.result(
                        4, 3, FrameMessagesTest.cloud(new float[][] {{1, 0, 1}}), null);

        FrameMessages messages =
                new FrameMessages(
                        "gate", FrameMessagesTest.TIME, lifted, CameraSetup.of(held, null), null);

        var sent =
                io.liftstream.proto.foxglove.CameraCalibration.parseFrom(
                        messages.calibration().data());
        assertThat(sent.getP(0)).isEqualTo(sent.getK(0)).isEqualTo(lifted.intrinsics().fx());
        assertThat(sent.getR(0)).isEqualTo(1);
    }
}
