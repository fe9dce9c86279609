package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.network.DeviceFailedException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of a device end the process. */
class SlotNetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA failure 700: an illegal memory access was encountered ; GPU=0",
                "CUDA failure 719: unspecified launch failure",
                "CUDA error 214: uncorrectable ECC error encountered",
                "CUDA failure 46: CUDA-capable device(s) is/are busy or unavailable ; GPU=0"
            })
    void aGpuThatStaysBrokenEndsTheProcess(String text) {
        DeviceFailedException failure = failure(text);
        assertThatThrownBy(() -> SlotNetworks.ofTheProcess(failure))
                .satisfies(
                        error ->
                                assertThat(ExceptionUtils.isJvmFatalError(error))
                                        .as("Flink halts the process")
                                        .isTrue())
                .hasMessageStartingWith("The GPU cannot be used by this process any more")
                .hasCause(failure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA failure 2: out of memory",
                "Failed to allocate memory for requested buffer of size 7000",
                "Non-zero status code returned while running Reshape node"
            })
    void anotherFailureRestartsTheTaskAlone(String text) {
        DeviceFailedException failure = failure(text);
        assertThat(SlotNetworks.ofTheProcess(failure)).isSameAs(failure);
    }

    private static DeviceFailedException failure(String text) {
        return new DeviceFailedException(
                "the device failed", new IllegalStateException("a run failed", new Error(text)));
    }
}
