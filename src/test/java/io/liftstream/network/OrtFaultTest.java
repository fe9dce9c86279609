package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;

/** Messages as an H100 and ONNX Runtime 1.29 gave them. */
class OrtFaultTest {
    @Test
    void namesWhatTheDeviceSaidAndNoPlaceInASource() {
        assertThat(
                        fault(
                                "Exception during initialization: /onnxruntime_src/core/cuda_call.cc:154"
                                        + " Status onnxruntime::CudaCall(ERRTYPE, int) [with ERRTYPE ="
                                        + " cudnnStatus_t] CUDNN failure 4000:"
                                        + " CUDNN_STATUS_INTERNAL_ERROR ; GPU=0 ; hostname=vm ;"
                                        + " file=/onnxruntime_src/cuda_execution_provider.cc ;"
                                        + " line=240 ; expr=cudnnCreate(&cudnn_handle_); "))
                .isEqualTo("CUDNN failure 4000: CUDNN_STATUS_INTERNAL_ERROR");
        assertThat(
                        fault(
                                "Non-zero status code returned while running Split node."
                                        + " Name:'Split_1' Status Message:"
                                        + " /onnxruntime_src/core/bfc_arena.cc:359 void*"
                                        + " onnxruntime::BFCArena::AllocateRawInternal(size_t, bool)"
                                        + " Failed to allocate memory for requested buffer of size"
                                        + " 11145216\n"))
                .isEqualTo("Failed to allocate memory for requested buffer of size 11145216");
        assertThat(fault("CUDA failure 2: out of memory ; GPU=0 ; hostname=vm"))
                .isEqualTo("CUDA failure 2: out of memory");
    }

    @Test
    void keepsWhatIsSaidOfTheModel() {
        assertThat(fault("Invalid rank for input: image Got: 3 Expected: 4"))
                .isEqualTo("Invalid rank for input: image Got: 3 Expected: 4");
    }

    private static String fault(String message) {
        return OrtFault.of(new OrtException(OrtException.OrtErrorCode.ORT_FAIL, message));
    }
}
