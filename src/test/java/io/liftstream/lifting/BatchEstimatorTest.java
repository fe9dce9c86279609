package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import io.liftstream.network.DeviceFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The algorithm of a batch, with networks that fail when told to. */
class BatchEstimatorTest {
    private static final int SIDE = FakeNetworks.SIDE;

    /** The signature, and the chunk that says the size. */
    private static final int PNG_HEADER_BYTES = 33;

    private final FakeNetworks networks = new FakeNetworks();
    private final List<String> steps = new ArrayList<>();
    private final BatchEstimator estimator = estimator();

    private BatchEstimator estimator() {
        return new BatchEstimator(
                networks,
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS),
                DefaultIntrinsics.PRIME_SENSE,
                ResultSize.IMAGE,
                BatchEstimatorTest::refuseWide,
                (step, images, nanos) -> steps.add(step + " " + images));
    }

    @AfterEach
    void everyNetworkIsGivenBack() {
        assertThat(networks.allGivenBack()).isTrue();
    }

    @Test
    void imagesOfOneModelAndSizeShareOneRunAndKeepTheirOrder() {
        List<EstimationOutcome> outcomes =
                estimator.estimate(
                        List.of(red(10), red("other", 20), red(30), tall(40), red("other", 50)));

        assertThat(networks.runs)
                .containsExactly("default[10, 30]", "other[20, 50]", "default[40]");
        assertThat(outcomes)
                .extracting(BatchEstimatorTest::redOf)
                .containsExactly(10, 20, 30, 40, 50);
    }

    @Test
    void aPaddedRunHasBlankImagesForThoseThatAreMissing() {
        networks.runImages = 4;
        estimator.estimate(List.of(red(10), red(20), red(30)));

        List<EstimationOutcome> outcomes = estimator.estimate(List.of(red(40)));

        assertThat(networks.runs).containsExactly("default[10, 20, 30, 0]", "default[40, 0, 0, 0]");
        assertThat(outcomes).extracting(BatchEstimatorTest::redOf).containsExactly(40);
        assertThat(steps).endsWith("NETWORK 1", "POSTPROCESS 1");
    }

    @Test
    void nothingOfAnEarlierRunIsLeftInBlankImages() {
        estimator.estimate(List.of(red(50), red(60), red(70), red(80)));
        networks.runImages = 2;
        estimator.estimate(List.of(red(90)));
        networks.runImages = 4;
        estimator.estimate(List.of(red(95), red(96)));

        assertThat(networks.runs)
                .containsExactly(
                        "default[50, 60, 70, 80]", "default[90, 0]", "default[95, 96, 0, 0]");
    }

    @Test
    void eachStepIsToldToTheListenerWithItsImages() {
        estimator.estimate(List.of(red(1), red(2)));

        assertThat(steps)
                .containsExactly(
                        "PREPARE 1", "PREPARE 1", "PREPROCESS 2", "NETWORK 2", "POSTPROCESS 2");
    }

    @Test
    void suppliedDepthNeedsNoNetwork() {
        float[] depth = new float[SIDE * SIDE];
        List<EstimationOutcome> outcomes =
                estimator.estimate(
                        List.of(
                                () ->
                                        LiftingFixture.command(
                                                new SuppliedDepth.Floats(SIDE, SIDE, depth),
                                                DepthEstimationAdvanceConfig.EMPTY),
                                red(10)));

        assertThat(outcomes.get(0).imageOrThrow().depthMap()).isSameAs(depth);
        assertThat(outcomes.get(0).imageOrThrow().source()).isEqualTo(DepthSource.SUPPLIED);
        assertThat(networks.runs).containsExactly("default[10]");
    }

    @Test
    void aCommandThatCannotBeReadIsRejectedAloneAndForWhatItIs() {
        LiftingException shed =
                new LiftingException(RejectionReason.SHED, "frame", "old", "be quicker");
        List<EstimationOutcome> outcomes =
                estimator.estimate(
                        List.of(
                                red(10),
                                () -> {
                                    throw shed;
                                },
                                red("missing", 20),
                                () -> DepthEstimationCommand.ofImage(new byte[3]).build(),
                                wide(30),
                                red(40)));

        assertThat(networks.runs).containsExactly("default[10, 40]");
        assertThat(outcomes.get(1).failure()).isSameAs(shed);
        assertThat(outcomes)
                .extracting(
                        outcome -> outcome.failure() == null ? null : outcome.failure().reason())
                .containsExactly(
                        null,
                        RejectionReason.SHED,
                        RejectionReason.MODEL_UNAVAILABLE,
                        RejectionReason.UNREADABLE_IMAGE,
                        RejectionReason.RESULT_TOO_LARGE,
                        null);
    }

    @Test
    void anImageIsRefusedByItsHeaderBeforeAPixelIsDecoded() {
        byte[] header = Arrays.copyOf(LiftingFixture.png(2 * SIDE, SIDE), PNG_HEADER_BYTES);
        List<EstimationOutcome> outcomes =
                estimator.estimate(List.of(() -> DepthEstimationCommand.ofImage(header).build()));

        assertThat(outcomes.get(0).failure().reason()).isEqualTo(RejectionReason.RESULT_TOO_LARGE);
    }

    @Test
    void afterARunThatFailsTheImageAtFaultAloneIsRejected() {
        networks.poison = 20;

        List<EstimationOutcome> outcomes = estimator.estimate(List.of(red(10), red(20), red(30)));

        assertThat(outcomes.get(1).failure().reason()).isEqualTo(RejectionReason.INFERENCE_FAILED);
        assertThat(outcomes.get(1).failure()).hasMessageContaining("reds [20]");
        assertThat(redOf(outcomes.get(0))).isEqualTo(10);
        assertThat(redOf(outcomes.get(2))).isEqualTo(30);
    }

    @Test
    void oneBadImageOfSixteenCostsTenRunsAndTwoWarmUps() {
        networks.poison = 11;
        List<Supplier<DepthEstimationCommand>> commands = new ArrayList<>();
        for (int red = 0; red < 16; red++) {
            commands.add(red(red));
        }

        List<EstimationOutcome> outcomes = estimator.estimate(commands);

        assertThat(networks.runs).hasSize(1 + 1 + 8 + 1 + 1);
        assertThat(networks.runs).filteredOn("warm-up"::equals).hasSize(2);
        for (int red = 0; red < 16; red++) {
            assertThat(outcomes.get(red).failure() == null).isEqualTo(red != 11);
        }
    }

    @Test
    void afterwardsImagesOfThatSizeRunAloneForAWhileAndASenderOfBadOnesCostsTwoRunsEach() {
        networks.poison = 11;
        List<Supplier<DepthEstimationCommand>> batch = List.of(red(10), red(11), red(12), red(13));
        estimator.estimate(batch);
        networks.runs.clear();

        estimator.estimate(batch);
        assertThat(networks.runs)
                .containsExactly(
                        "default[10]",
                        "default[11]",
                        "warm-up",
                        "default[11]",
                        "default[12]",
                        "default[13]");

        for (int i = 0; i < FailedRuns.IMAGES / batch.size(); i++) {
            networks.runs.clear();
            estimator.estimate(batch);
        }
        assertThat(networks.runs).startsWith("default[10, 11, 12, 13]");
    }

    @Test
    void anImageIsNotRejectedForAFaultThatPasses() {
        networks.poison = 20;
        networks.failures = 1;
        assertThat(estimator.estimate(List.of(red(20))))
                .extracting(BatchEstimatorTest::redOf)
                .containsExactly(20);
        assertThat(networks.runs).containsExactly("default[20]", "warm-up", "default[20]");

        // In the batch, in its half and alone; then it runs.
        networks.failures = 3;
        assertThat(estimator.estimate(List.of(red(10), red(11), red(20), red(30))))
                .extracting(BatchEstimatorTest::redOf)
                .containsExactly(10, 11, 20, 30);
    }

    @Test
    void imagesOfARunThatTookTooLongRunAloneAndOneThatTakesAsLongIsRejected() {
        networks.poison = 20;
        networks.endless = true;

        List<EstimationOutcome> outcomes = estimator.estimate(List.of(red(10), red(20), red(30)));

        assertThat(networks.runs)
                .containsExactly(
                        "default[10, 20, 30]",
                        "warm-up",
                        "default[10]",
                        "default[20]",
                        "warm-up",
                        "default[30]");
        assertThat(outcomes.get(1).failure()).hasMessageContaining("(inference.run-timeout)");
        assertThat(redOf(outcomes.get(0))).isEqualTo(10);
        assertThat(redOf(outcomes.get(2))).isEqualTo(30);
    }

    @Test
    void aModelThatIsAtFaultIsNotRunForEachOfItsImages() {
        networks.poison = 20;
        networks.banned = true;

        List<EstimationOutcome> outcomes = estimator.estimate(List.of(red(10), red(20)));

        assertThat(networks.runs).containsExactly("default[10, 20]", "warm-up");
        assertThat(outcomes)
                .allSatisfy(
                        outcome ->
                                assertThat(outcome.failure().reason())
                                        .isEqualTo(RejectionReason.MODEL_UNAVAILABLE));
    }

    @Test
    void whateverASingleImageThrowsIsItsOwnFailure() {
        networks.poison = 20;
        networks.error = new OutOfMemoryError("Java heap space");
        List<EstimationOutcome> outcomes =
                estimator.estimate(
                        List.of(
                                red(10),
                                red(20),
                                () -> {
                                    throw new IllegalStateException("nobody foresaw this");
                                },
                                () -> {
                                    throw new OutOfMemoryError("Java heap space");
                                },
                                red(30)));

        assertThat(outcomes)
                .extracting(outcome -> outcome.failure() == null)
                .containsExactly(true, false, false, false, true);
        assertThat(outcomes.get(1).failure()).hasMessageContaining("not enough memory");
        assertThat(outcomes.get(2).failure()).hasMessageContaining("see the job's log");
        assertThat(outcomes.get(3).failure()).hasMessageContaining("not enough memory");
    }

    @Test
    void theImageAtFaultDoesNotHarmOtherModelsOfTheBatch() {
        networks.poison = 20;

        List<EstimationOutcome> outcomes = estimator.estimate(List.of(red(20), red("other", 10)));

        assertThat(outcomes.get(0).failure()).isNotNull();
        assertThat(redOf(outcomes.get(1))).isEqualTo(10);
    }

    @Test
    void aNetworkThatFailsOnItsWarmUpTensorTooIsNoImagesFault() {
        networks.dead = true;

        assertThatExceptionOfType(DeviceFailedException.class)
                .isThrownBy(() -> estimator.estimate(List.of(red(10), red(20))))
                .withCauseInstanceOf(LiftingException.class);
        assertThat(networks.runs).containsExactly("default[10, 20]", "warm-up");
    }

    @Test
    void aBatchOfMoreModelsThanMayBeOpenIsEstimatedInParts() {
        networks.maxOpen = 2;

        List<EstimationOutcome> outcomes =
                estimator.estimate(
                        List.of(red("a", 1), red("b", 2), red("a", 3), red("c", 4), red("a", 5)));

        assertThat(networks.runs).containsExactly("a[1, 3]", "b[2]", "c[4]", "a[5]");
        assertThat(outcomes).extracting(BatchEstimatorTest::redOf).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aModelThatFindsNoPlaceThoughNoneIsInUseByTheBatchIsRefused() {
        networks.maxOpen = 0;

        assertThat(estimator.estimate(List.of(red(1))).get(0).failure().reason())
                .isEqualTo(RejectionReason.MODEL_UNAVAILABLE);
    }

    @Test
    void anEmptyBatchIsEmpty() {
        assertThat(estimator.estimate(List.of())).isEmpty();
        assertThat(networks.runs).isEmpty();
    }

    private static void refuseWide(ImageSize picture, ImageSize result) {
        if (picture.width() > SIDE) {
            throw new LiftingException(
                    RejectionReason.RESULT_TOO_LARGE, "width", picture, "at most " + SIDE);
        }
    }

    private static int redOf(EstimationOutcome outcome) {
        return Math.round(outcome.imageOrThrow().depthMap()[0] * 255);
    }

    private static Supplier<DepthEstimationCommand> red(int red) {
        return red(null, red);
    }

    private static Supplier<DepthEstimationCommand> red(String model, int red) {
        return () -> command(model, SIDE, SIDE, red);
    }

    private static Supplier<DepthEstimationCommand> tall(int red) {
        return () -> command(null, SIDE, 2 * SIDE, red);
    }

    private static Supplier<DepthEstimationCommand> wide(int red) {
        return () -> command(null, 2 * SIDE, SIDE, red);
    }

    private static DepthEstimationCommand command(String model, int width, int height, int red) {
        return DepthEstimationCommand.ofImage(
                        LiftingFixture.png(width, height, (x, y) -> red << 16))
                .modelBackend(model)
                .build();
    }
}
