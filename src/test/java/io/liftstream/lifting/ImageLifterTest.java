package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import org.junit.jupiter.api.Test;

/** Points that are counted before they are packed, and packed to where they are needed. */
class ImageLifterTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 4;

    private final ImageLifter lifter = new ImageLifter();

    @Test
    void everyOtherRowAndColumnIsCountedAndPacked() {
        CloudPoints points = lifter.lift(image(99)).points();

        assertThat(points.count(1)).isEqualTo(WIDTH * HEIGHT);
        assertThat(points.count(2)).isEqualTo(6);
        assertThat(depths(points, 2)).containsExactly(1, 3, 5, 11, 13, 15);
    }

    @Test
    void pointsBeyondTheEndAreNeitherCountedNorPacked() {
        CloudPoints points = lifter.lift(image(4.5)).points();

        assertThat(depths(points, 1)).containsExactly(1, 2, 3, 4);
        assertThat(depths(points, 2)).containsExactly(1, 3);
    }

    @Test
    void pointsArePackedAtTheOffsetAndNothingElseIsTouched() {
        LiftedImage lifted = lifter.lift(image(99));
        byte[] alone = lifted.packed().pointCloud().data();
        byte[] target = new byte[alone.length + 10];
        lifted.points().pack(1, target, 7);

        assertThat(target).startsWith(0, 0, 0, 0, 0, 0, 0).endsWith(0, 0, 0);
        assertThat(java.util.Arrays.copyOfRange(target, 7, 7 + alone.length)).isEqualTo(alone);
    }

    @Test
    void aStrideBelowOneIsRefused() {
        CloudPoints points = lifter.lift(image(99)).points();

        assertThatIllegalArgumentException().isThrownBy(() -> points.count(0));
    }

    private static float[] depths(CloudPoints points, int stride) {
        byte[] data = new byte[points.count(stride) * PointCloud.POINT_BYTES];
        points.pack(stride, data, 0);
        PointCloud cloud = new PointCloud(data, io.liftstream.frame.Axes.OPTICAL);
        float[] depths = new float[cloud.count()];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = cloud.z(i);
        }
        return depths;
    }

    /** Metres count up from 1. */
    private static EstimatedImage image(double depthTrunc) {
        float[] depth = new float[WIDTH * HEIGHT];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + i;
        }
        return EstimatedImage.of(
                new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]),
                new ImageSize(WIDTH, HEIGHT),
                depth,
                DepthRange.ofFinite(depth),
                DepthSource.SUPPLIED,
                LiftingParameters.of(
                        DepthEstimationAdvanceConfig.builder().depthTrunc(depthTrunc).build(),
                        new Intrinsics(5, 5, 2, 2),
                        DepthMapping.METRIC,
                        null),
                new WantedOutputs(false, true, false, false));
    }
}
