package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which networks are open, and whose fault a failure is; on a device that fails when told to. */
class NetworkPoolTest {
    private static final int MAX_OPEN = 3;
    private static final List<ExecutionProvider> GPU = List.of(ExecutionProvider.CUDA);
    private static final List<ExecutionProvider> AUTO =
            DepthModels.candidates(ExecutionSettings.defaults(), true);

    private long nanoTime;
    private final Set<String> dead = new HashSet<>();
    private final Set<ExecutionProvider> broken = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private final List<String> tried = new ArrayList<>();
    private final List<FakeNetwork> opened = new ArrayList<>();
    private String failure = "CUDA failure 719: unspecified launch failure";

    /** So many models fit on the device. */
    private int memory = MAX_OPEN;

    private NetworkPool<FakeNetwork> pool = pool(GPU);

    @AfterEach
    void everyNetworkIsClosedExactlyOnce() {
        pool.close();
        assertThat(opened).extracting(network -> network.closes).containsOnly(1);
    }

    @Test
    void theLeastRecentlyUsedIsClosedForAFurtherOne() {
        use("a");
        use("b");
        use("c");
        use("a");
        use("d");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "c", "d");
        use("b");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "b", "d");
    }

    @Test
    void oneThatIsInUseStaysOpenUntilItWasGivenBackAsOftenAsItWasLent() {
        pool.lend("a");
        pool.lend("a");
        use("b");
        use("c");
        use("d");
        pool.giveBack("a");
        use("b");
        use("c");
        use("d");
        assertThat(openModels()).contains("a");
        pool.giveBack("a");
        use("b");
        use("c");
        use("d");
        assertThat(openModels()).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void oneThatIsKeptStaysOpen() {
        FakeNetwork kept = pool.keep("a");
        for (String model : List.of("b", "c", "d", "e", "b")) {
            use(model);
            assertThat(openModels()).hasSizeLessThanOrEqualTo(MAX_OPEN).contains("a");
        }
        assertThat(pool.lend("a")).isSameAs(kept);
        pool.giveBack("a");
        use("f");
        use("g");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "f", "g");
    }

    @Test
    void aFurtherOneIsRefusedWhileAllAreInUse() {
        pool.keep("a");
        pool.lend("b");
        pool.lend("c");
        assertThatExceptionOfType(ModelsInUseException.class)
                .isThrownBy(() -> pool.lend("d"))
                .withMessageContaining("model_backend is d")
                .withMessageContaining("at most 3")
                .withMessageContaining("[a, b, c]");
        pool.giveBack("b");
        use("d");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "c", "d");
    }

    @Test
    void aModelThatDoesNotExistCostsNoOtherItsPlace() {
        use("a");
        use("b");
        use("c");
        assertThatThrownBy(() -> pool.lend("nosuch")).isInstanceOf(LiftingException.class);
        assertThat(openModels()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aDeviceThatRunsNothingAnyMoreIsNoFaultOfTheModel() {
        pool.keep("a");
        broken.add(ExecutionProvider.CUDA);
        assertThatExceptionOfType(DeviceFailedException.class)
                .isThrownBy(() -> pool.lend("b"))
                .withMessageContaining("no longer runs a")
                .satisfies(e -> assertThat(e).isNotInstanceOf(LiftingException.class))
                .satisfies(e -> assertThat(e.getCause()).hasMessageContaining(failure))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void aModelThatCannotBeOpenedBesideOthersThatRunIsAtFaultItself() {
        pool.keep("a");
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> pool.lend("damaged"))
                .withMessageContaining("damaged")
                .satisfies(
                        e -> assertThat(e.reason()).isEqualTo(RejectionReason.MODEL_UNAVAILABLE));
        assertThat(pool.lend("a").warmUps).isEqualTo(1);
    }

    @Test
    void aModelForWhichThereIsNoDeviceMemoryIsRefusedForThatReason() {
        pool.keep("a");
        failure = "Failed to allocate memory for requested buffer of size 9437184";
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> pool.lend("damaged"))
                .withMessageContaining("device memory")
                .withMessageContaining("too little for one more model besides the 1 that are open")
                .withMessageContaining("[a]")
                .satisfies(
                        e -> assertThat(e.reason()).isEqualTo(RejectionReason.MODEL_UNAVAILABLE));
    }

    @Test
    void idleModelsAreClosedForAFurtherOneThatLacksDeviceMemory() {
        memory = 2;
        pool.keep("a");
        use("b");
        use("c");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "c");
        memory = 3;
        use("b");
        use("c");
        memory = 2;
        use("d");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "d");
    }

    @Test
    void modelsInUseAreNotClosedForOneThatLacksDeviceMemory() {
        memory = 2;
        pool.keep("a");
        pool.lend("b");
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> pool.lend("c"))
                .withMessageContaining("besides the 2 that are open");
        assertThat(openModels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void idleModelsStayOpenWhereMemoryIsNotTheFault() {
        pool.keep("a");
        use("b");
        assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ProviderException.class);
        assertThat(openModels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void modelsOnTheCpuAreNotClosedForAGpuThatLacksMemory() {
        pool = pool(AUTO);
        memory = 1;
        pool.keep("a");
        use("only on CPU");
        assertThat(pool.lend("b").provider()).isEqualTo(ExecutionProvider.CPU);
        assertThat(openModels()).containsExactlyInAnyOrder("a", "only on CPU", "b");
    }

    @Test
    void theFirstModelThatCannotBeOpenedIsRefusedAsItIs() {
        broken.add(ExecutionProvider.CUDA);
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> pool.keep("a"))
                .withMessageContaining(failure);
        broken.clear();
        pool.keep("a");
    }

    @Test
    void autoGoesOnToTheCpuWhereTheGpuDoesNotWork() {
        pool = pool(AUTO);
        broken.add(ExecutionProvider.CUDA);
        assertThat(pool.keep("a").provider()).isEqualTo(ExecutionProvider.CPU);
        broken.clear();
        assertThat(pool.keep("b").provider()).isEqualTo(ExecutionProvider.CUDA);
    }

    @Test
    void autoDoesNotHideAGpuThatFailedWhileItRanOthers() {
        pool = pool(AUTO);
        pool.keep("a");
        broken.add(ExecutionProvider.CUDA);
        assertThatThrownBy(() -> pool.lend("b")).isInstanceOf(DeviceFailedException.class);
    }

    @Test
    void autoGoesOnToTheCpuWithAModelThatTheGpuCannotRunBesideOthersThatItCan() {
        pool = pool(AUTO);
        pool.keep("a");
        assertThat(pool.lend("only on CPU").provider()).isEqualTo(ExecutionProvider.CPU);
    }

    @Test
    void autoTriesAGpuOnlyWhereThereIsADriver() {
        assertThat(AUTO).containsExactly(ExecutionProvider.CUDA, ExecutionProvider.CPU);
        assertThat(DepthModels.candidates(ExecutionSettings.defaults(), false))
                .containsExactly(ExecutionProvider.CPU);
        assertThat(
                        DepthModels.candidates(
                                ExecutionSettings.defaults()
                                        .withProvider(ExecutionProvider.TENSORRT),
                                false))
                .containsExactly(ExecutionProvider.TENSORRT);
        pool.keep("a");
    }

    @Test
    void afterARunThatFailedTheImageIsAtFaultWhereTheNetworkStillRuns() {
        pool.keep("a");
        pool.lend("b");
        pool.examine("a", new IllegalStateException("of one image"));
        pool.examine("b", new IllegalStateException("of one image"));
        assertThat(openModels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aModelThatAMessageNamedAndThatNoLongerRunsIsNoFailedDevice() {
        pool.keep("a");
        pool.lend("b");
        dead.add("b");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> pool.examine("b", new IllegalStateException("a run failed")))
                .withMessageContaining("b: is not tried again for 5 min: a run failed");
        assertThat(openModels()).containsExactly("a");
        pool.giveBack("b");

        dead.clear();
        assertThatExceptionOfType(ModelException.class).isThrownBy(() -> pool.lend("b"));
        nanoTime += Duration.ofMinutes(5).toNanos();
        assertThat(pool.lend("b").provider()).isEqualTo(ExecutionProvider.CUDA);
    }

    @Test
    void aDeviceHasFailedWhereNoModelThatTheOperatorNamedRunsEither() {
        pool.keep("a");
        pool.lend("b");
        broken.add(ExecutionProvider.CUDA);
        for (String model : List.of("a", "b")) {
            assertThatExceptionOfType(DeviceFailedException.class)
                    .isThrownBy(
                            () -> pool.examine(model, new IllegalStateException("a run failed")))
                    .withMessageContaining("the model " + model + " no longer runs");
        }
    }

    @Test
    void aModelThatAMessageNamedIsClosedWhereItsRunTakesTooLongThoughItsWarmUpDoesNot() {
        pool.keep("a");
        pool.lend("b");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> pool.examine("b", new RunTimeoutException("b", 1, 30_000)))
                .withMessageContaining("a run may take 30000 ms");
        assertThat(openModels()).containsExactly("a");
        pool.examine("a", new RunTimeoutException("a", 1, 30_000));
        assertThat(openModels()).containsExactly("a");
    }

    @Test
    void aModelWhoseWarmUpTakesTooLongIsNotTriedAgainAtOnce() {
        pool.keep("a");
        assertThatThrownBy(() -> pool.lend("endless")).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> pool.lend("endless"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("endless: is not tried again for 5 min");
    }

    @Test
    void aModelThatCannotBeOpenedIsNotTriedAgainForEachFrame() {
        pool.keep("a");
        for (int frame = 0; frame < 10; frame++) {
            assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ModelException.class);
        }
        assertThat(tries("damaged")).isEqualTo(1);
        assertThatThrownBy(() -> pool.lend("damaged"))
                .hasMessageStartingWith("model_backend is damaged: is not tried again for 30 s: ")
                .hasMessageContaining(failure);
    }

    @Test
    void aFailureThatLastsIsTriedMoreAndMoreSeldom() {
        pool.keep("a");
        for (int seconds : new int[] {30, 60, 120, 240, 300, 300}) {
            int before = tries("damaged");
            assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ProviderException.class);
            nanoTime += Duration.ofSeconds(seconds).toNanos() - 1;
            assertThatThrownBy(() -> pool.lend("damaged"))
                    .hasMessageContaining("is not tried again for ");
            nanoTime++;
            assertThat(tries("damaged") - before).isEqualTo(1);
        }
    }

    @Test
    void aFailureThatPassesCostsAModelHalfAMinuteAndIsForgotten() {
        pool.keep("a");
        Duration halfAMinute = Duration.ofSeconds(30);
        for (int round = 0; round < 3; round++) {
            unreadable.add("b");
            assertThatThrownBy(() -> pool.lend("b")).hasMessage("b cannot be read");
            unreadable.clear();
            assertThatThrownBy(() -> pool.lend("b"))
                    .hasMessageContaining("again for 30 s: b cannot");
            nanoTime += halfAMinute.toNanos();
            use("b");
            use("c");
            use("d");
            assertThat(openModels()).doesNotContain("b");
        }
    }

    @Test
    void aModelThatTheOperatorNamedIsTriedWheneverItIsAskedFor() {
        unreadable.add("a");
        assertThatThrownBy(() -> pool.keep("a")).hasMessage("a cannot be read");
        assertThatThrownBy(() -> pool.lend("a")).hasMessage("a cannot be read");
        assertThatThrownBy(() -> pool.keep("a")).hasMessage("a cannot be read");
        unreadable.clear();
        pool.keep("a");
        assertThat(pool.lend("a").name).isEqualTo("a");
    }

    @Test
    void aModelThatIsRefusedCostsNoOtherItsPlaceAgain() {
        use("a");
        use("b");
        use("c");
        assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ProviderException.class);
        use("a");
        for (int frame = 0; frame < 10; frame++) {
            assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ModelException.class);
        }
        assertThat(openModels()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aModelThatIsTooLargeForTheDeviceIsTriedThreeTimesHoweverManyAreIdle() {
        pool = new NetworkPool<>(10, GPU, this::opener, () -> nanoTime);
        memory = 9;
        pool.keep("a");
        for (int i = 0; i < 8; i++) {
            use("idle " + i);
        }
        assertThatThrownBy(() -> pool.lend("huge")).isInstanceOf(ProviderException.class);
        assertThat(tries("huge")).isEqualTo(3);
    }

    @Test
    void allModelsInUseIsNoFaultOfTheFurtherOne() {
        pool.lend("a");
        pool.lend("b");
        pool.lend("c");
        assertThatThrownBy(() -> pool.lend("d")).isInstanceOf(ModelsInUseException.class);
        pool.giveBack("a");
        assertThat(pool.lend("d").name).isEqualTo("d");
    }

    @Test
    void autoHasNoWayToTheCpuInASlotThatWasGivenAGpu() {
        for (boolean driver : new boolean[] {true, false}) {
            assertThat(DepthModels.candidates(ExecutionSettings.defaults().onGpu(3), driver))
                    .containsExactly(ExecutionProvider.CUDA);
        }
        pool.keep("a");
    }

    @Test
    void closingClosesTheRestWhenOneFails() {
        pool.keep("a").closeFails = true;
        pool.lend("b");
        assertThatThrownBy(pool::close).hasMessage("a cannot be freed");
        assertThatThrownBy(() -> pool.lend("a")).isInstanceOf(IllegalStateException.class);
        pool.giveBack("b");
    }

    private int tries(String model) {
        return Collections.frequency(tried, model);
    }

    private void use(String model) {
        pool.lend(model);
        pool.giveBack(model);
    }

    private List<String> openModels() {
        return opened.stream()
                .filter(network -> network.closes == 0)
                .map(network -> network.name)
                .toList();
    }

    private long onGpu() {
        return opened.stream()
                .filter(network -> network.closes == 0)
                .filter(network -> network.provider() == ExecutionProvider.CUDA)
                .count();
    }

    private NetworkPool<FakeNetwork> pool(List<ExecutionProvider> candidates) {
        return new NetworkPool<>(MAX_OPEN, candidates, this::opener, () -> nanoTime);
    }

    private NetworkPool.Opener<FakeNetwork> opener(String model) {
        if (model.equals("nosuch")) {
            throw new LiftingException(
                    RejectionReason.MODEL_UNAVAILABLE, "model_backend", model, "must exist");
        }
        return provider -> {
            tried.add(model);
            if (unreadable.contains(model)) {
                throw new UncheckedIOException(model + " cannot be read", new IOException());
            }
            boolean refused =
                    model.equals("damaged")
                            || (model.equals("only on CPU") && provider != ExecutionProvider.CPU);
            if (refused || broken.contains(provider)) {
                throw new ProviderException("model " + model, failure, "must run", null);
            }
            if (model.equals("endless")) {
                throw new ProviderException(
                        "warm-up", "endless", "must end", new RunTimeoutException(model, 1, 9));
            }
            if (provider == ExecutionProvider.CUDA && (onGpu() >= memory || model.equals("huge"))) {
                throw new ProviderException(
                        "model " + model, "Failed to allocate memory", "must run", null);
            }
            opened.add(new FakeNetwork(model, provider));
            return opened.get(opened.size() - 1);
        };
    }

    /** Runs while its provider is not among the broken ones. */
    private final class FakeNetwork implements OpenNetwork {
        private final String name;
        private final ExecutionProvider provider;
        private int closes;
        private int warmUps;
        private boolean closeFails;

        FakeNetwork(String name, ExecutionProvider provider) {
            this.name = name;
            this.provider = provider;
        }

        @Override
        public ExecutionProvider provider() {
            return provider;
        }

        @Override
        public void warmUp() {
            warmUps++;
            if (broken.contains(provider) || dead.contains(name)) {
                throw new LiftingException(
                        RejectionReason.INFERENCE_FAILED, "model " + name, "zeros", failure);
            }
        }

        @Override
        public void close() {
            closes++;
            if (closeFails) {
                throw new IllegalStateException(name + " cannot be freed");
            }
        }
    }
}
