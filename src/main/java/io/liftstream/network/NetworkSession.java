package io.liftstream.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One native session and the options that must outlive it. Freed together, once, in that order. */
final class NetworkSession implements AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final OrtSession session;
    private final OrtSession.SessionOptions options;
    private final ExecutionProvider provider;
    private final RunDeadline deadline;
    private FirstRuns recorded;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NetworkSession(
            OrtSession session,
            OrtSession.SessionOptions options,
            ExecutionProvider provider,
            RunDeadline deadline,
            FirstRuns recorded) {
        this.recorded = recorded;
        this.session = session;
        this.deadline = deadline;
        this.options = options;
        this.provider = provider;
        OPEN.incrementAndGet();
    }

    /**
     * Opens a model with the provider asked for.
     *
     * @param recorded whether to find out {@link #layersOnCpu}
     * @param onHang taken when a run neither ends in its time nor when it is told to
     * @throws ProviderException when the provider cannot open it, with the cause
     * @throws IllegalArgumentException for provider AUTO
     */
    static NetworkSession open(
            Path file, ExecutionSettings options, boolean recorded, Runnable onHang) {
        ExecutionProvider provider = options.provider();
        if (provider == ExecutionProvider.AUTO) {
            throw new IllegalArgumentException(
                    "provider is AUTO: must be CPU, CUDA or TENSORRT for a single network");
        }
        requireDriver(provider);
        try {
            return open(file, options, provider, recorded, onHang);
        } catch (OrtException e) {
            throw new ProviderException(
                    file.getFileName().toString(),
                    "ONNX Runtime cannot open it on "
                            + provider
                            + " ("
                            + OrtFault.of(e)
                            + "); "
                            + openRemedy(provider),
                    e);
        }
    }

    private static String openRemedy(ExecutionProvider provider) {
        String file = "give a complete ONNX model file";
        return provider == ExecutionProvider.CPU
                ? file
                : file
                        + ", and where the CPU opens it, look at the GPU: nvidia-smi shows its memory";
    }

    private static void requireDriver(ExecutionProvider wanted) {
        if (wanted != ExecutionProvider.CPU && !NvidiaDriver.present()) {
            throw new ProviderException(
                    "provider",
                    wanted.name().toLowerCase(Locale.ROOT),
                    "no NVIDIA driver was found on this machine (libcuda.so.1, nvidia-smi); choose"
                            + " cpu, or install the driver if there is an NVIDIA GPU",
                    null);
        }
    }

    private static NetworkSession open(
            Path file,
            ExecutionSettings options,
            ExecutionProvider provider,
            boolean recorded,
            Runnable onHang)
            throws OrtException {
        // The environment comes first: it registers the logger without which ONNX Runtime 1.29
        // refuses to add CUDA to a session's options.
        OrtEnvironment environment = OrtLibrary.environment();
        OrtSession.SessionOptions sessionOptions = new OrtSession.SessionOptions();
        try {
            configure(sessionOptions, options, provider);
            FirstRuns.SessionOpener opener =
                    configured -> environment.createSession(file.toString(), configured);
            FirstRuns runs =
                    recorded
                            ? FirstRuns.open(TEMPORARY, opener, sessionOptions).orElse(null)
                            : null;
            return new NetworkSession(
                    runs == null ? opener.open(sessionOptions) : runs.session(),
                    sessionOptions,
                    provider,
                    new RunDeadline(options.runTimeoutMillis(), onHang),
                    runs);
        } catch (OrtException | RuntimeException | Error e) {
            sessionOptions.close();
            throw e;
        }
    }

    private static void configure(
            OrtSession.SessionOptions target, ExecutionSettings options, ExecutionProvider provider)
            throws OrtException {
        target.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        target.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        target.setIntraOpNumThreads(options.intraOpThreads());
        target.setInterOpNumThreads(1);
        // Spinning workers of one slot steal the cores of the others.
        target.addConfigEntry("session.intra_op.allow_spinning", "0");
        target.addConfigEntry("session.inter_op.allow_spinning", "0");
        if (provider == ExecutionProvider.TENSORRT) {
            addTensorRt(target, options);
        }
        if (provider == ExecutionProvider.CUDA || provider == ExecutionProvider.TENSORRT) {
            addCuda(target, options);
        }
    }

    private static void addCuda(OrtSession.SessionOptions target, ExecutionSettings options)
            throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(options.deviceId())) {
            // The exhaustive search would tune, and so differ, anew for each new input shape.
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            cuda.add("use_tf32", "0");
            if (options.gpuMemoryLimitBytes() > 0) {
                cuda.add("gpu_mem_limit", Long.toString(options.gpuMemoryLimitBytes()));
            }
            target.addCUDA(cuda);
        }
    }

    private static void addTensorRt(OrtSession.SessionOptions target, ExecutionSettings options)
            throws OrtException {
        try (OrtTensorRTProviderOptions tensorRt =
                new OrtTensorRTProviderOptions(options.deviceId())) {
            if (options.gpuMemoryLimitBytes() > 0) {
                tensorRt.add(
                        "trt_max_workspace_size", Long.toString(options.gpuMemoryLimitBytes()));
            }
            target.addTensorrt(tensorRt);
        }
    }

    /** Sessions open in this JVM now; 0 after everything is closed. */
    static int openSessions() {
        return OPEN.get();
    }

    OrtSession session() {
        requireOpen();
        return session;
    }

    /**
     * Runs the session for as long as a run may take.
     *
     * @param model its name, for errors
     * @param batch how many images it runs on
     */
    OrtSession.Result run(Map<String, OnnxTensor> inputs, String model, int batch)
            throws OrtException {
        requireOpen();
        return deadline.run(session, inputs, model, batch);
    }

    /**
     * The layers of the runs so far that ran on the CPU with pixels, each as operator and name;
     * none where no record could be written. Asked once, of a session that was opened to record its
     * runs; it runs faster afterwards.
     */
    List<String> layersOnCpu() {
        if (recorded == null) {
            return List.of();
        }
        try {
            return recorded.layersOnCpu();
        } catch (OrtException e) {
            throw new IllegalStateException("the profile cannot be written", e);
        } finally {
            recorded = null;
        }
    }

    void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("this network is closed");
        }
    }

    ExecutionProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        OPEN.decrementAndGet();
        deadline.close();
        try {
            endRecord();
        } finally {
            free();
        }
    }

    // Otherwise ONNX Runtime would write the profile while it frees the session, and leave it
    // there.
    private void endRecord() {
        if (recorded != null) {
            layersOnCpu();
        }
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session could not be freed", e);
        } finally {
            options.close();
        }
    }
}
