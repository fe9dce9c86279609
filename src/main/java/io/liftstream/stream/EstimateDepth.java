package io.liftstream.stream;

import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageDecoder;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lifts batches of frames with the ONNX sessions of its task slot. Those of the default model and
 * of the models that the operator listed are opened and warmed up in {@link #open} before the first
 * frame, and stay open; those of files that frames name come and go. All are closed in {@link
 * #close}.
 *
 * <p>A frame that cannot be lifted becomes a rejection. A session that no longer runs at all, or a
 * device that can no longer open one, fails the task, and Flink restarts it.
 */
public final class EstimateDepth extends RichMapFunction<FrameBatch, LiftedBatch> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EstimateDepth.class);
    private static final String GPU_RESOURCE = "gpu";

    private final EstimateSettings settings;

    private transient DepthModels models;
    private transient BatchEstimation batches;
    private transient EstimateMetrics metrics;

    /**
     * @param settings checked by the job's configuration
     */
    public EstimateDepth(EstimateSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext openContext) {
        metrics = new EstimateMetrics(getRuntimeContext().getMetricGroup());
        AllowedModels allowed =
                new AllowedModels(
                        settings.namedModels(),
                        settings.allowedRoots().stream().map(Path::of).toList());
        models = openModels(settings, allowed, execution());
        DepthEstimation estimation =
                new DepthEstimation(
                        models,
                        new ImageDecoder(settings.maxPixels()),
                        DefaultIntrinsics.SCALED_TO_IMAGE);
        batches =
                new BatchEstimation(
                        estimation,
                        new RequestDecoder(allowed),
                        new ResultEncoder(settings.format()),
                        settings::defaultsOf,
                        metrics);
    }

    /**
     * Opens the models that every task would open, and closes them again: to learn before a job is
     * started what would end its tasks.
     *
     * @param settings checked by the job's configuration
     * @throws LiftingException naming the model that cannot be used here, and why
     */
    public static void tryModels(EstimateSettings settings) {
        AllowedModels allowed = new AllowedModels(settings.namedModels(), List.of());
        openModels(settings, allowed, settings.execution()).close();
    }

    /** All models are open and warm before the first frame, or none is. */
    private static DepthModels openModels(
            EstimateSettings settings, AllowedModels allowed, ExecutionSettings execution) {
        ModelCatalogue catalogue =
                settings.catalogue() == null
                        ? ModelCatalogue.bundled()
                        : ModelCatalogue.read(Path.of(settings.catalogue()));
        DepthModels opened =
                new DepthModels(
                        catalogue, ModelStore.openDefault(), execution, settings.defaultModel());
        try {
            allowed.names().forEach(opened::keepOpen);
            return opened;
        } catch (RuntimeException e) {
            closeAfter(e, opened);
            throw e;
        }
    }

    private static void closeAfter(RuntimeException failure, DepthModels models) {
        try {
            models.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Flink gives every slot all devices, so the slots share them out by subtask index. */
    private ExecutionSettings execution() {
        if (!settings.spreadOverDevices()) {
            return settings.execution();
        }
        List<Integer> devices =
                getRuntimeContext().getExternalResourceInfos(GPU_RESOURCE).stream()
                        .map(EstimateDepth::deviceIndex)
                        .sorted()
                        .toList();
        if (devices.isEmpty()) {
            return settings.execution();
        }
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int device = devices.get(subtask % devices.size());
        LOG.info("Subtask {} uses GPU {} of {}", subtask, device, devices);
        return settings.execution().withDevice(device);
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

    @Override
    public LiftedBatch map(FrameBatch batch) {
        List<FrameOutcome> outcomes = new ArrayList<>(batch.frames().size());
        List<SequencedFrame> current = new ArrayList<>(batch.frames().size());
        long oldest = settings.maxAgeMillis() == 0 ? Long.MIN_VALUE : oldestAllowed();
        for (SequencedFrame frame : batch.frames()) {
            if (frame.frame().provenance().brokerTimeMillis() < oldest) {
                outcomes.add(batches.shed(frame.frame(), settings.maxAgeMillis()));
            } else {
                current.add(frame);
            }
        }
        outcomes.addAll(batches.lift(current));
        metrics.markBatch(batch.frames().size());
        return new LiftedBatch(outcomes);
    }

    private long oldestAllowed() {
        return System.currentTimeMillis() - settings.maxAgeMillis();
    }

    @Override
    public void close() {
        if (models != null) {
            models.close();
            models = null;
        }
    }
}
