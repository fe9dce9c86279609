package io.liftstream.network;

import io.liftstream.frame.ModelException;
import java.util.regex.Pattern;

/**
 * A provider could not open a model or run it once. By itself this does not tell whether the model
 * or the device is at fault; {@link NetworkPool} finds out.
 */
final class ProviderException extends ModelException {
    private static final long serialVersionUID = 1L;

    // As ONNX Runtime's arena, the CUDA runtime, and cuBLAS and cuDNN say it.
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile(
                    "out of memory|failed to allocate|alloc_failed|available memory of",
                    Pattern.CASE_INSENSITIVE);

    ProviderException(String field, Object value, String remedy, Throwable cause) {
        super(field, value, remedy, cause);
    }

    ProviderException(String model, String fault, Throwable cause) {
        super(model, fault, cause);
    }

    /** Whether the provider said that there was no memory left for the model. */
    boolean isOutOfMemory() {
        return OUT_OF_MEMORY.matcher(getMessage()).find();
    }
}
