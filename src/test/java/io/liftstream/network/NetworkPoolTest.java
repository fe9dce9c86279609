package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which networks are open, and whose fault a failure is; on a device that fails when told to. */
class NetworkPoolTest {
    private static final int MAX_OPEN = 3;
    private static final List<ExecutionProvider> GPU = List.of(ExecutionProvider.CUDA);
    private static final List<ExecutionProvider> AUTO =
            DepthModels.candidates(ExecutionSettings.defaults(), true);

    private final FakeDevice device = new FakeDevice(MAX_OPEN);
    private NetworkPool<FakeDevice.Network> pool = pool(GPU);

    @AfterEach
    void everyNetworkIsClosedExactlyOnce() {
        pool.close();
        device.requireEveryNetworkClosedOnce();
    }

    @Test
    void theLeastRecentlyUsedIsClosedForAFurtherOne() {
        use("a");
        use("b");
        use("c");
        use("a");
        use("d");
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "c", "d");
        use("b");
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "b", "d");
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
        assertThat(device.openModels()).contains("a");
        pool.giveBack("a");
        use("b");
        use("c");
        use("d");
        assertThat(device.openModels()).containsExactlyInAnyOrder("b", "c", "d");
    }

    @Test
    void oneThatIsKeptStaysOpen() {
        FakeDevice.Network kept = pool.keep("a");
        for (String model : List.of("b", "c", "d", "e", "b")) {
            use(model);
            assertThat(device.openModels()).hasSizeLessThanOrEqualTo(MAX_OPEN).contains("a");
        }
        assertThat(pool.lend("a")).isSameAs(kept);
        pool.giveBack("a");
        use("f");
        use("g");
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "f", "g");
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
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "c", "d");
    }

    @Test
    void aModelThatDoesNotExistCostsNoOtherItsPlace() {
        use("a");
        use("b");
        use("c");
        assertThatThrownBy(() -> pool.lend("nosuch")).isInstanceOf(LiftingException.class);
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aDeviceThatRunsNothingAnyMoreIsNoFaultOfTheModel() {
        pool.keep("a");
        device.broken.add(ExecutionProvider.CUDA);
        assertThatExceptionOfType(DeviceFailedException.class)
                .isThrownBy(() -> pool.lend("b"))
                .withMessageContaining("no longer runs a")
                .satisfies(e -> assertThat(e).isNotInstanceOf(LiftingException.class))
                .satisfies(e -> assertThat(e.getCause()).hasMessageContaining(device.failure))
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
        device.failure = "Failed to allocate memory for requested buffer of size 9437184";
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
        device.memory = 2;
        pool.keep("a");
        use("b");
        use("c");
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "c");
        device.memory = 3;
        use("b");
        use("c");
        device.memory = 2;
        use("d");
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "d");
    }

    @Test
    void modelsInUseAreNotClosedForOneThatLacksDeviceMemory() {
        device.memory = 2;
        pool.keep("a");
        pool.lend("b");
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> pool.lend("c"))
                .withMessageContaining("besides the 2 that are open");
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void idleModelsStayOpenWhereMemoryIsNotTheFault() {
        pool.keep("a");
        use("b");
        assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ProviderException.class);
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void modelsOnTheCpuAreNotClosedForAGpuThatLacksMemory() {
        pool = pool(AUTO);
        device.memory = 1;
        pool.keep("a");
        use("only on CPU");
        assertThat(pool.lend("b").provider()).isEqualTo(ExecutionProvider.CPU);
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "only on CPU", "b");
    }

    @Test
    void theFirstModelThatCannotBeOpenedIsRefusedAsItIs() {
        device.broken.add(ExecutionProvider.CUDA);
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> pool.keep("a"))
                .withMessageContaining(device.failure);
        device.broken.clear();
        pool.keep("a");
    }

    @Test
    void autoGoesOnToTheCpuWhereTheGpuDoesNotWork() {
        pool = pool(AUTO);
        device.broken.add(ExecutionProvider.CUDA);
        assertThat(pool.keep("a").provider()).isEqualTo(ExecutionProvider.CPU);
        device.broken.clear();
        assertThat(pool.keep("b").provider()).isEqualTo(ExecutionProvider.CUDA);
    }

    @Test
    void autoDoesNotHideAGpuThatFailedWhileItRanOthers() {
        pool = pool(AUTO);
        pool.keep("a");
        device.broken.add(ExecutionProvider.CUDA);
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
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aDeviceHasFailedWhereNoModelThatTheOperatorNamedRunsEither() {
        pool.keep("a");
        pool.lend("b");
        device.broken.add(ExecutionProvider.CUDA);
        for (String model : List.of("a", "b")) {
            assertThatExceptionOfType(DeviceFailedException.class)
                    .isThrownBy(
                            () -> pool.examine(model, new IllegalStateException("a run failed")))
                    .withMessageContaining("the model " + model + " no longer runs");
        }
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

    private void use(String model) {
        pool.lend(model);
        pool.giveBack(model);
    }

    private NetworkPool<FakeDevice.Network> pool(List<ExecutionProvider> candidates) {
        return device.pool(MAX_OPEN, candidates, () -> 0);
    }
}
