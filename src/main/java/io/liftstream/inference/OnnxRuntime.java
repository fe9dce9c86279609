package io.liftstream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one ONNX Runtime environment of this JVM. Whoever made it first, it is shared; it is never
 * closed.
 */
final class OnnxRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);
    private static final long LEAST_STACK = 16L << 20;
    private static final long STACK_PER_CHARACTER = 1024;

    private static OrtEnvironment environment;

    private OnnxRuntime() {}

    /**
     * The environment, with usage reports switched off.
     *
     * <p>It is made on a thread of its own: while it starts, ONNX Runtime 1.29 matches the command
     * line of the process against regular expressions, recursing some 300 bytes deep per character.
     * A class path of a few thousand characters overflows a Java thread's stack of 1 MB, and the
     * JVM dies without a word. {@code ORT_DISABLE_TELEMETRY=1} avoids that and the reports, but a
     * process cannot set it for itself. (microsoft/onnxruntime issue 32173, vespa pull 37786.)
     */
    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            Thread maker = new Thread(null, OnnxRuntime::create, "onnxruntime-start", stackSize());
            maker.start();
            try {
                maker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while ONNX Runtime started", e);
            }
            // Had the thread failed, this tells why, on the caller's thread.
            environment = OrtEnvironment.getEnvironment();
        }
        return environment;
    }

    private static void create() {
        try {
            OrtEnvironment.getEnvironment().setTelemetry(false);
        } catch (OrtException e) {
            LOG.warn("ONNX Runtime's usage reports could not be switched off", e);
        }
        if (System.getenv("ORT_DISABLE_TELEMETRY") == null) {
            LOG.info(
                    "Set ORT_DISABLE_TELEMETRY=1 to keep ONNX Runtime from preparing usage reports");
        }
    }

    private static long stackSize() {
        try {
            int commandLine = Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
            return LEAST_STACK + STACK_PER_CHARACTER * commandLine;
        } catch (IOException e) {
            // Not Linux: no such file, and no such recursion over it.
            return LEAST_STACK;
        }
    }
}
