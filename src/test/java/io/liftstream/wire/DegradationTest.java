package io.liftstream.wire;

import static io.liftstream.wire.Degradation.CLOUD_STRIDE_2;
import static io.liftstream.wire.Degradation.CLOUD_STRIDE_4;
import static io.liftstream.wire.Degradation.CLOUD_VOXEL_2;
import static io.liftstream.wire.Degradation.DEPTH_FLOAT16;
import static io.liftstream.wire.Degradation.MESH_STEP_2;
import static io.liftstream.wire.Degradation.MESH_STEP_4;
import static io.liftstream.wire.Degradation.NO_CLOUD;
import static io.liftstream.wire.Degradation.NO_MESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Results of 64 x 48 pixels: cloud 49152 bytes, depth 12288, depth image 6144, some hundred more.
 */
class DegradationTest {
    private static final int ALL = 64 * 48 * (16 + 4 + 2);
    private static final int REST = 1_000;

    private final Lifted lifted = Lifted.ofSize(64, 48);

    @Test
    void aResultWithinTheLimitIsLeftAsItIs() throws Exception {
        int exact = encode(lifted, DepthMapFormat.FLOAT32, ALL + REST).value().length;

        ReadResult read = read(lifted, DepthMapFormat.FLOAT32, exact);

        assertThat(read.degradations()).isEmpty();
        assertThat(read.result().pointCloud().count()).isEqualTo(64 * 48);
    }

    @Test
    void aByteTooManyThinsTheCloud() throws Exception {
        int exact = encode(lifted, DepthMapFormat.FLOAT32, ALL + REST).value().length;

        ReadResult read = read(lifted, DepthMapFormat.FLOAT32, exact - 1);

        assertThat(read.degradations()).containsExactly(CLOUD_STRIDE_2);
        assertThat(read.result().pointCloud().count()).isEqualTo(32 * 24);
        assertThat(read.result().depthMap()).isEqualTo(lifted.result().depthMap());
    }

    @Test
    void theSecondStepThinsTheCloudAgain() throws Exception {
        ReadResult read = read(lifted, DepthMapFormat.FLOAT32, 64 * 48 * 6 + 16 * 12 * 16 + REST);

        assertThat(read.degradations()).containsExactly(CLOUD_STRIDE_2, CLOUD_STRIDE_4);
        assertThat(read.result().pointCloud().count()).isEqualTo(16 * 12);
        assertThat(read.result().depthMap()).isEqualTo(lifted.result().depthMap());
    }

    @Test
    void theThirdStepHalvesTheDepthMap() throws Exception {
        ReadResult read = read(lifted, DepthMapFormat.FLOAT32, 64 * 48 * 4 + 16 * 12 * 16 + REST);

        assertThat(read.degradations())
                .containsExactly(CLOUD_STRIDE_2, CLOUD_STRIDE_4, DEPTH_FLOAT16);
        assertThat(read.result().pointCloud().count()).isEqualTo(16 * 12);
        assertThat(read.result().depthMap()).isNotEqualTo(lifted.result().depthMap());
    }

    @Test
    void theLastStepDropsTheCloud() throws Exception {
        ReadResult read = read(lifted, DepthMapFormat.FLOAT32, 64 * 48 * 4 + REST);

        assertThat(read.degradations())
                .containsExactly(CLOUD_STRIDE_2, CLOUD_STRIDE_4, DEPTH_FLOAT16, NO_CLOUD);
        assertThat(read.result().pointCloud()).isNull();
        assertThat(read.result().depthMap()).hasSize(64 * 48);
    }

    @Test
    void aThinnedCloudGetsWiderCubesBeforeItLosesRows() throws Exception {
        ResultFormat whole = thinned(1 << 20);
        int exact = lifted.encode(whole).value().length;
        ReadResult all = ResultDecoder.decode(lifted.encode(whole).value());
        ReadResult wider = ResultDecoder.decode(lifted.encode(thinned(exact - 1)).value());

        assertThat(all.degradations()).isEmpty();
        assertThat(all.result().pointCloud().count()).isBetween(1, 64 * 48 - 1);
        assertThat(wider.degradations()).containsExactly(CLOUD_VOXEL_2);
        assertThat(wider.result().pointCloud().count())
                .isBetween(1, all.result().pointCloud().count() - 1);
        for (int limit = exact; limit > 64 * 48 * 4 + REST; limit -= 97) {
            byte[] value = lifted.encode(thinned(limit)).value();
            var message = io.liftstream.proto.v1.DepthEstimationResult.parseFrom(value);
            assertThat(value).hasSizeLessThanOrEqualTo(limit).isEqualTo(message.toByteArray());
            assertThat(message.hasCloudVoxel()).isEqualTo(message.hasPointCloud());
        }
    }

    private static ResultFormat thinned(int limit) {
        return new ResultFormat(
                DepthMapFormat.FLOAT32,
                DepthImageFormat.RAW,
                DistanceFormat.NONE,
                CloudFormat.FLOAT32,
                8,
                limit);
    }

    @Test
    void aMeshBecomesCoarserThenGoes() throws Exception {
        Lifted meshed = Lifted.meshed(64, 48);
        int whole = encode(meshed, DepthMapFormat.NONE, 1 << 23).value().length;

        ReadResult read = read(meshed, DepthMapFormat.NONE, whole);
        assertThat(read.degradations()).isEmpty();
        int file = read.glb().length;
        read = read(meshed, DepthMapFormat.NONE, whole - 1);
        assertThat(read.degradations()).containsExactly(MESH_STEP_2);
        assertThat(read.glb().length).isBetween(file / 8, file / 3);
        read = read(meshed, DepthMapFormat.NONE, whole - file + file / 5);
        assertThat(read.degradations()).containsExactly(MESH_STEP_2, MESH_STEP_4);
        read = read(meshed, DepthMapFormat.NONE, whole - file + 20);
        assertThat(read.degradations()).containsExactly(MESH_STEP_2, MESH_STEP_4, NO_MESH);
        assertThat(read.glb()).isNull();
    }

    @Test
    void whatIsStillTooLargeIsRefusedWithItsSizeAndTheRemedy() {
        assertThatThrownBy(() -> read(lifted, DepthMapFormat.FLOAT32, 64 * 48 * 4))
                .isInstanceOfSatisfying(
                        LiftingException.class,
                        fault ->
                                assertThat(fault.reason())
                                        .isEqualTo(RejectionReason.RESULT_TOO_LARGE))
                .hasMessageContaining("raise result.max-bytes (" + 64 * 48 * 4 + ")");
    }

    @Test
    void stepsThatDoNotApplyAreNotRecorded() throws Exception {
        Lifted bare = Lifted.withoutCloud(lifted);

        assertThat(read(bare, DepthMapFormat.FLOAT32, 64 * 48 * 2 + REST).degradations())
                .isEqualTo(List.of(DEPTH_FLOAT16));
        assertThatThrownBy(() -> read(bare, DepthMapFormat.FLOAT16, 64 * 48))
                .isInstanceOf(LiftingException.class);
    }

    @Test
    void aDepthMapThatFloat16CannotHoldIsNotSaidToBeFloat16() throws Exception {
        Lifted large = Lifted.of(64, 48, lifted.result().depthMap().clone());
        large.result().depthMap()[0] = 70_000;
        Lifted measured = Lifted.of(64, 48, large.result().depthMap());

        ReadResult read = read(measured, DepthMapFormat.FLOAT32, 64 * 48 * 6 + REST);

        assertThat(read.degradations()).containsExactly(CLOUD_STRIDE_2, CLOUD_STRIDE_4, NO_CLOUD);
        assertThat(read.result().depthMap()[0]).isEqualTo(70_000);
    }

    @Test
    void noEncodedResultIsEverAboveTheLimit() throws Exception {
        for (int limit = ALL + REST; limit > 64 * 48 * 4 + REST; limit -= 1_777) {
            assertThat(encode(lifted, DepthMapFormat.FLOAT32, limit).value())
                    .hasSizeLessThanOrEqualTo(limit);
        }
    }

    private static ReadResult read(Lifted lifted, DepthMapFormat depthMap, int limit)
            throws InvalidProtocolBufferException {
        return ResultDecoder.decode(encode(lifted, depthMap, limit).value());
    }

    private static EncodedResult encode(Lifted lifted, DepthMapFormat depthMap, int limit) {
        return lifted.encode(
                new ResultFormat(depthMap, DepthImageFormat.RAW, DistanceFormat.NONE, limit));
    }
}
