package io.liftstream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * ONNX Runtime's one environment per JVM, loaded once, without telemetry.
 *
 * <p>Version 1.29 looks through the process's command line with a backtracking regular expression
 * while it loads. That recursion needs stack in proportion to the command line, and a Flink task
 * manager's, with its class path, overflows an ordinary thread's: the JVM dies without a message.
 * The environment variable {@code ORT_DISABLE_TELEMETRY=1} avoids it too, but a library cannot rely
 * on who starts its process, so it is loaded on a thread with a stack for the longest of command
 * lines.
 */
final class OrtLibrary {
    /** Reserved, not committed: 60 kB of command line were seen to need less than 64 MB. */
    private static final long STACK_BYTES = 512L << 20;

    private OrtLibrary() {}

    /** The environment; the first call loads the native library. */
    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    /** Stands outside the holder, whose lock the waiting thread has. */
    private static OrtEnvironment create() throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        environment.setTelemetry(false);
        return environment;
    }

    /** Loads on first use, once, whichever slot comes first. */
    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = load();

        private static OrtEnvironment load() {
            FutureTask<OrtEnvironment> loading = new FutureTask<>(OrtLibrary::create);
            new Thread(null, loading, "onnxruntime-loader", STACK_BYTES).start();
            try {
                return loading.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while loading ONNX Runtime", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("ONNX Runtime cannot be loaded", e.getCause());
            }
        }
    }
}
