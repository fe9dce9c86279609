package io.liftstream.network;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
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

    private static OrtEnvironment environment;

    private OrtLibrary() {}

    /**
     * The environment; the first call loads the native library. A call after a failed one tries
     * again. An interrupt, as of a task that is cancelled meanwhile, does not end the wait: whoever
     * comes next needs the library too.
     */
    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            FutureTask<OrtEnvironment> loading = new FutureTask<>(OrtLibrary::create);
            new Thread(null, loading, "onnxruntime-loader", STACK_BYTES).start();
            environment = resultOf(loading);
        }
        return environment;
    }

    private static OrtEnvironment resultOf(FutureTask<OrtEnvironment> loading) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return loading.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("ONNX Runtime cannot be loaded", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Of ONNX Runtime, as its jar says, which takes no loading of the library. */
    static String version() {
        return OrtEnvironment.class.getPackage().getImplementationVersion();
    }

    private static OrtEnvironment create() throws OrtException {
        // What fails is thrown as well, and said once by whoever catches it.
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        environment.setTelemetry(false);
        return environment;
    }
}
