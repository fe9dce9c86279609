package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.ModelException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which models are refused without a try, and for how long. */
class NetworkPoolBansTest {
    private static final int MAX_OPEN = 3;
    private static final List<ExecutionProvider> GPU = List.of(ExecutionProvider.CUDA);

    private final FakeDevice device = new FakeDevice(MAX_OPEN);
    private long nanoTime;
    private NetworkPool<FakeDevice.Network> pool = device.pool(MAX_OPEN, GPU, () -> nanoTime);

    @AfterEach
    void everyNetworkIsClosedExactlyOnce() {
        pool.close();
        device.requireEveryNetworkClosedOnce();
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
        assertThat(device.tries("damaged")).isEqualTo(1);
        assertThatThrownBy(() -> pool.lend("damaged"))
                .hasMessageStartingWith("model_backend is damaged: is not tried again for 30 s: ")
                .hasMessageContaining(device.failure);
    }

    @Test
    void aFailureThatLastsIsTriedMoreAndMoreSeldom() {
        pool.keep("a");
        for (int seconds : new int[] {30, 60, 120, 240, 300, 300}) {
            int before = device.tries("damaged");
            assertThatThrownBy(() -> pool.lend("damaged")).isInstanceOf(ProviderException.class);
            nanoTime += Duration.ofSeconds(seconds).toNanos() - 1;
            assertThatThrownBy(() -> pool.lend("damaged"))
                    .hasMessageContaining("is not tried again for ");
            nanoTime++;
            assertThat(device.tries("damaged") - before).isEqualTo(1);
        }
    }

    @Test
    void aFailureThatPassesCostsAModelHalfAMinuteAndIsForgotten() {
        pool.keep("a");
        Duration halfAMinute = Duration.ofSeconds(30);
        for (int round = 0; round < 3; round++) {
            device.unreadable.add("b");
            assertThatThrownBy(() -> pool.lend("b")).hasMessage("b cannot be read");
            device.unreadable.clear();
            assertThatThrownBy(() -> pool.lend("b"))
                    .hasMessageContaining("again for 30 s: b cannot");
            nanoTime += halfAMinute.toNanos();
            use("b");
            use("c");
            use("d");
            assertThat(device.openModels()).doesNotContain("b");
        }
    }

    @Test
    void aModelThatTheOperatorNamedIsTriedWheneverItIsAskedFor() {
        device.unreadable.add("a");
        assertThatThrownBy(() -> pool.keep("a")).hasMessage("a cannot be read");
        assertThatThrownBy(() -> pool.lend("a")).hasMessage("a cannot be read");
        assertThatThrownBy(() -> pool.keep("a")).hasMessage("a cannot be read");
        device.unreadable.clear();
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
        assertThat(device.openModels()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aModelThatIsTooLargeForTheDeviceIsTriedThreeTimesHoweverManyAreIdle() {
        pool = device.pool(10, GPU, () -> nanoTime);
        device.memory = 9;
        pool.keep("a");
        for (int i = 0; i < 8; i++) {
            use("idle " + i);
        }
        assertThatThrownBy(() -> pool.lend("huge")).isInstanceOf(ProviderException.class);
        assertThat(device.tries("huge")).isEqualTo(3);
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
    void aModelThatAMessageNamedIsClosedWhereItsRunTakesTooLongThoughItsWarmUpDoesNot() {
        pool.keep("a");
        pool.lend("b");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> pool.examine("b", new RunTimeoutException("b", 1, 30_000)))
                .withMessageContaining("a run may take 30000 ms");
        assertThat(device.openModels()).containsExactly("a");
        pool.examine("a", new RunTimeoutException("a", 1, 30_000));
        assertThat(device.openModels()).containsExactly("a");
    }

    @Test
    void aModelThatAMessageNamedAndThatNoLongerRunsIsNoFailedDevice() {
        pool.keep("a");
        pool.lend("b");
        device.dead.add("b");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> pool.examine("b", new IllegalStateException("a run failed")))
                .withMessageContaining("b: is not tried again for 5 min: a run failed");
        assertThat(device.openModels()).containsExactly("a");
        pool.giveBack("b");

        device.dead.clear();
        assertThatExceptionOfType(ModelException.class).isThrownBy(() -> pool.lend("b"));
        nanoTime += Duration.ofMinutes(5).toNanos();
        assertThat(pool.lend("b").provider()).isEqualTo(ExecutionProvider.CUDA);
    }

    private void use(String model) {
        pool.lend(model);
        pool.giveBack(model);
    }
}
