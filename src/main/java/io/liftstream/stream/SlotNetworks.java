package io.liftstream.stream;

import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.DeviceFailedException;
import io.liftstream.network.DeviceLeases;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.network.ExecutionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of one task slot and the device that they run on, opened and closed together. */
final class SlotNetworks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotNetworks.class);
    private static final String GPU_RESOURCE = "gpu";

    private final DeviceLeases.Lease lease;
    private final DepthModels models;

    private SlotNetworks(
            EstimateSettings settings,
            AllowedModels allowed,
            DeviceLeases.Lease lease,
            ModelStore store,
            BiConsumer<String, String> opened) {
        this.lease = lease;
        ExecutionSettings execution =
                lease == null ? settings.execution() : settings.execution().onGpu(lease.device());
        this.models =
                new DepthModels(
                        settings.catalogue() == null
                                ? ModelCatalogue.bundled()
                                : ModelCatalogue.read(Path.of(settings.catalogue())),
                        store,
                        execution,
                        settings.defaultModel(),
                        SlotNetworks::endProcess);
        try {
            for (String model : allowed.names()) {
                DepthNetwork network = models.keepOpen(model);
                opened.accept(network.facts().backendUsed(), device(network, execution));
            }
        } catch (RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    /**
     * Opens the networks of a slot: all are open and warm, or none is.
     *
     * @param opened told each model and what it runs on
     */
    static SlotNetworks open(
            EstimateSettings settings,
            AllowedModels allowed,
            RuntimeContext context,
            BiConsumer<String, String> opened) {
        return new SlotNetworks(
                settings, allowed, lease(settings, context), ModelStore.openDefault(), opened);
    }

    /**
     * Opens what a slot would open, and closes it again.
     *
     * @param store where models are kept
     * @return what computes the default model
     */
    static ExecutionProvider tryOut(EstimateSettings settings, ModelStore store) {
        AllowedModels allowed = new AllowedModels(settings.namedModels(), List.of(), List.of());
        try (SlotNetworks networks =
                new SlotNetworks(settings, allowed, null, store, (model, device) -> {})) {
            return networks.models.keepOpen(settings.defaultModel()).provider();
        }
    }

    /** Flink gives every slot all devices of its process, so the slots share them out. */
    private static DeviceLeases.Lease lease(EstimateSettings settings, RuntimeContext context) {
        boolean gpuWanted = settings.execution().provider() != ExecutionProvider.CPU;
        if (!settings.spreadOverDevices() || !gpuWanted) {
            return null;
        }
        List<Integer> devices =
                context.getExternalResourceInfos(GPU_RESOURCE).stream()
                        .map(SlotNetworks::deviceIndex)
                        .toList();
        if (devices.isEmpty()) {
            return null;
        }
        DeviceLeases.Lease lease = new DeviceLeases(System.getProperties()).take(devices);
        LOG.info("This slot uses GPU {} of {}", lease.device(), devices);
        return lease;
    }

    private static int deviceIndex(ExternalResourceInfo info) {
        return Integer.parseInt(
                info.getProperty("index")
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "external resource gpu without an index: use"
                                                        + " Flink's GPUDriverFactory")));
    }

    private static String device(DepthNetwork network, ExecutionSettings execution) {
        return network.provider() == ExecutionProvider.CPU
                ? "CPU"
                : network.provider() + " " + execution.deviceId();
    }

    DepthModels models() {
        return models;
    }

    /**
     * What to throw for a failure that is no frame's. Of an {@link InternalError} Flink ends the
     * process, and its supervisor starts another: a restart of the task in this one would find its
     * GPU as broken.
     *
     * @param failure while networks were opened or run
     * @return an error of the process, or the failure itself
     */
    static RuntimeException ofTheProcess(RuntimeException failure) {
        if (DeviceFailedException.isLasting(failure)) {
            throw new InternalError(
                    "The GPU cannot be used by this process any more, which ends for that reason: "
                            + failure.getMessage(),
                    failure);
        }
        return failure;
    }

    /** The thread is lost, and with it its slot: no restart of the task brings it back. */
    private static void endProcess() {
        LOG.error("This process ends: a network hangs, and its slot with it");
        Runtime.getRuntime().halt(1);
    }

    private void closeAfter(RuntimeException failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try {
            models.close();
        } finally {
            if (lease != null) {
                lease.close();
            }
        }
    }
}
