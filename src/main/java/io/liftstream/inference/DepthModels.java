package io.liftstream.inference;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.InputSizeRule;
import io.liftstream.inference.store.ModelStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The open networks of one task slot, or of one facade. Each model is opened when first asked for,
 * warmed up, kept, and closed exactly once by {@link #close()}. Safe for several threads.
 */
public final class DepthModels implements AutoCloseable {
    // Messages may name any file below an allowed root; memory has an end.
    private static final int MOST_OPEN = 16;

    private final ModelResolver resolver;
    private final ExecutionOptions options;
    private final String defaultModel;
    private final Map<String, DepthNetwork> open = new LinkedHashMap<>();
    private boolean closed;

    /**
     * @param catalogue models by name
     * @param store where downloads and converted checkpoints are kept
     * @param options how the networks run
     * @param defaultModel the model where none is named: anything that {@link #network} takes
     */
    public DepthModels(
            ModelCatalogue catalogue,
            ModelStore store,
            ExecutionOptions options,
            String defaultModel) {
        this.resolver = new ModelResolver(catalogue, store);
        this.options = Objects.requireNonNull(options, "options");
        this.defaultModel = Objects.requireNonNull(defaultModel, "defaultModel");
    }

    /** The bundled catalogue and its default model, the default store, provider AUTO. */
    public static DepthModels openDefault() {
        ModelCatalogue catalogue = ModelCatalogue.bundled();
        return new DepthModels(
                catalogue,
                ModelStore.openDefault(),
                ExecutionOptions.defaults(),
                catalogue.defaultModel());
    }

    /**
     * The open network of a model. It belongs to this object: callers do not close it.
     *
     * @param modelBackend a catalogue name, an HTTPS address, a path to an {@code .onnx} model or
     *     to a {@code .pth}/{@code .pt} checkpoint; null for the default model
     * @throws LiftingException INVALID_COMMAND when there is no such model or it cannot be used
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized DepthNetwork network(String modelBackend) {
        if (closed) {
            throw new IllegalStateException("the models are closed");
        }
        String wanted = modelBackend == null ? defaultModel : modelBackend;
        DepthNetwork known = open.get(wanted);
        if (known != null) {
            return known;
        }
        if (open.size() == MOST_OPEN) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "model_backend",
                    wanted,
                    "one slot keeps at most "
                            + MOST_OPEN
                            + " models open, these: "
                            + open.keySet());
        }
        DepthNetwork opened = open(wanted);
        open.put(wanted, opened);
        return opened;
    }

    private DepthNetwork open(String wanted) {
        ResolvedModel model = resolver.resolve(wanted);
        DepthNetwork network = DepthNetwork.open(model.file(), model.facts(), executionOf(model));
        try {
            network.warmUp();
            return network;
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    // A graph of open size computes sizes of tensors, a few integers per run; ONNX Runtime does
    // that
    // on the CPU by design, so such nodes are no sign of a layer that the GPU cannot run.
    private ExecutionOptions executionOf(ResolvedModel model) {
        return model.facts().inputSize() instanceof InputSizeRule.AspectPreserving
                ? options.allowingCpuNodes()
                : options;
    }

    /** Closes every network that was opened; further calls do nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        RuntimeException first = null;
        for (DepthNetwork network : open.values()) {
            try {
                network.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        open.clear();
        if (first != null) {
            throw first;
        }
    }
}
