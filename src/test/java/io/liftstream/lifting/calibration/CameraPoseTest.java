package io.liftstream.lifting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraPoseTest {

    /** A camera that looks along the world's x, two metres above the ground (x forward, z up). */
    private static final CameraPose FORWARD = CameraPose.parse("1,0,2; -0.5,0.5,-0.5,0.5");

    @Test
    void aPoseTakesPointsOfTheCameraToTheWorld() {
        assertThat(FORWARD.toWorld(0, 0, 3)).containsExactly(new double[] {4, 0, 2}, within(1e-12));
        assertThat(FORWARD.toWorld(1, 0, 0))
                .containsExactly(new double[] {1, -1, 2}, within(1e-12));
        assertThat(FORWARD.toWorld(0, 1, 0)).containsExactly(new double[] {1, 0, 1}, within(1e-12));
    }

    @Test
    void openGlPointsHaveThePlacesOfTheOpticalOnes() {
        for (CameraPose pose : List.of(FORWARD, CameraPose.parse("0,0,0;0.1,0.7,0.7,0.1"))) {
            assertThat(pose.ofOpenGl().toWorld(0.3, -0.4, -2))
                    .containsExactly(pose.toWorld(0.3, 0.4, 2), within(1e-12));
        }
    }

    @Test
    void aQuaternionThatWasRoundedGetsLengthOne() {
        CameraPose pose = CameraPose.parse("0,0,0;0,0,0.7071,0.7071");
        assertThat(pose.qz()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1,2,3",
                "0,0,0;0,0,0,0",
                "0,0,0;1,1,1,1",
                "NaN,0,0;0,0,0,1",
                "0,0,0;0,0,0,NaN",
                "2e6,0,0;0,0,0,1",
                "a,0,0;0,0,0,1",
                "0,0,0;0,0,0,1;2"
            })
    void whatIsNoPoseIsRefusedWithItsNumbers(String text) {
        assertThatThrownBy(() -> CameraPose.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pose is ")
                .hasMessageContaining("it must be x,y,z;qx,qy,qz,qw");
    }
}
