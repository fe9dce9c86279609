package io.liftstream.network;

import io.liftstream.frame.LiftingException;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.catalogue.ModelResolver;
import io.liftstream.model.catalogue.ResolvedModel;
import io.liftstream.model.store.ModelStore;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open networks of one task slot, or of one facade. Each model is opened and warmed up when
 * first asked for, and closed exactly once: by {@link #close()}, or, where more are asked for than
 * may be open at a time, when it is the one that was used longest ago. The default model and those
 * of {@link #keepOpen} are never closed before, nor is one that is lent. Safe for several threads.
 */
public final class DepthModels implements NetworkLender, AutoCloseable {
    /** Messages may name any file below models.allowed-roots; memory has an end. */
    public static final int MAX_OPEN = 16;

    private static final Logger LOG = LoggerFactory.getLogger(DepthModels.class);

    private final ModelResolver resolver;
    private final ExecutionSettings options;
    private final String defaultModel;
    private final Runnable onHang;
    private final NetworkPool<DepthNetwork> networks;

    /**
     * @param catalogue models by name
     * @param store where downloads and converted checkpoints are kept
     * @param options how the networks run
     * @param defaultModel the model where none is named: anything that {@link #lend} takes
     */
    public DepthModels(
            ModelCatalogue catalogue,
            ModelStore store,
            ExecutionSettings options,
            String defaultModel) {
        this(catalogue, store, options, defaultModel, () -> {});
    }

    /**
     * As above, for a process that may end itself.
     *
     * @param catalogue models by name
     * @param store where downloads and converted checkpoints are kept
     * @param options how the networks run
     * @param defaultModel the model where none is named: anything that {@link #lend} takes
     * @param onHang taken when a run neither ends in its time nor when it is told to: its thread
     *     does not come back
     */
    public DepthModels(
            ModelCatalogue catalogue,
            ModelStore store,
            ExecutionSettings options,
            String defaultModel,
            Runnable onHang) {
        this.onHang = Objects.requireNonNull(onHang, "onHang");
        this.resolver = new ModelResolver(catalogue, store);
        this.options = Objects.requireNonNull(options, "options");
        this.defaultModel = Objects.requireNonNull(defaultModel, "defaultModel");
        this.networks =
                new NetworkPool<>(
                        MAX_OPEN,
                        candidates(options, NvidiaDriver.present()),
                        this::opener,
                        System::nanoTime);
    }

    /** {@return the version of ONNX Runtime} */
    public static String runtimeVersion() {
        return OrtLibrary.version();
    }

    /** {@return the bundled catalogue and its default model, the default store, provider AUTO} */
    public static DepthModels openDefault() {
        ModelCatalogue catalogue = ModelCatalogue.bundled();
        return new DepthModels(
                catalogue,
                ModelStore.openDefault(),
                ExecutionSettings.defaults(),
                catalogue.defaultModel());
    }

    /** What to try for each model, in this order; the next only after the one before failed. */
    static List<ExecutionProvider> candidates(ExecutionSettings options, boolean driver) {
        if (options.provider() != ExecutionProvider.AUTO) {
            return List.of(options.provider());
        }
        if (options.gpuRequired()) {
            return List.of(ExecutionProvider.CUDA);
        }
        LOG.info(
                "Execution provider auto: {}",
                driver ? "NVIDIA driver found, trying CUDA" : "no NVIDIA driver, using the CPU");
        return driver
                ? List.of(ExecutionProvider.CUDA, ExecutionProvider.CPU)
                : List.of(ExecutionProvider.CPU);
    }

    /**
     * Opens a model that stays open until {@link #close()}.
     *
     * @param modelBackend as for {@link #lend}
     * @return its network, which belongs to this object: callers do not close it
     * @throws LiftingException as {@link #lend}
     * @throws DeviceFailedException as {@link #lend}
     * @throws IllegalStateException after {@link #close()}
     */
    public DepthNetwork keepOpen(String modelBackend) {
        return networks.keep(nameOf(modelBackend));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    public NetworkLease lend(String modelBackend) {
        String name = nameOf(modelBackend);
        if (name.equals(defaultModel)) {
            networks.keep(name);
        }
        return new NetworkLease(
                networks.lend(name),
                () -> networks.giveBack(name),
                failure -> networks.examine(name, failure));
    }

    private String nameOf(String modelBackend) {
        return modelBackend == null ? defaultModel : modelBackend;
    }

    private NetworkPool.Opener<DepthNetwork> opener(String name) {
        ResolvedModel model = resolver.resolve(name);
        return provider ->
                DepthNetwork.open(
                        model.file(), model.facts(), options.withProvider(provider), onHang);
    }

    /** Closes every network that is open; further calls do nothing. */
    @Override
    public void close() {
        networks.close();
    }
}
