package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.CpuInstructions;
import io.liftstream.image.ImageDecoder;
import io.liftstream.input.InputDecoder;
import io.liftstream.lifting.BatchEstimator;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.EstimationOutcome;
import io.liftstream.lifting.ImageSizeLimit;
import io.liftstream.lifting.WorkingMemory;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.LiftingRequest;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the depth of batches of frames with the ONNX sessions of its task slot. Those of the
 * default model and of the models that the operator listed are opened and warmed up in {@link
 * #open} before the first frame, and stay open; those of files that frames name come and go. All
 * are closed in {@link #close}.
 *
 * <p>A frame whose depth cannot be estimated is rejected; outcomes keep the batch's order all the
 * same. A device that no longer runs anything fails the task, and Flink restarts it.
 */
public final class EstimateDepth extends RichMapFunction<FrameBatch, BatchOutcome> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EstimateDepth.class);
    private static final String GPU_RESOURCE = "gpu";
    private static final String STAGE = "estimate";
    private static final int MAX_LOGGED = 100;

    private final EstimateSettings settings;
    private final BatchingSettings batching;

    private transient DepthModels models;
    private transient InputDecoder input;
    private transient RequestDecoder requests;
    private transient BatchEstimator estimator;
    private transient EstimateMetrics metrics;

    /** What was said of models that cannot be used, so that a stream of frames says it once. */
    private transient Set<String> logged;

    /**
     * @param settings checked by the job's configuration
     * @param batching of the batches that come
     */
    public EstimateDepth(EstimateSettings settings, BatchingSettings batching) {
        this.settings = settings;
        this.batching = batching;
    }

    @Override
    public void open(OpenContext openContext) {
        metrics = new EstimateMetrics(getRuntimeContext().getMetricGroup());
        AllowedModels allowed =
                new AllowedModels(
                        settings.namedModels(),
                        settings.modelRoots().stream().map(Path::of).toList(),
                        settings.imageRoots().stream().map(Path::of).toList());
        logged = new HashSet<>();
        models = openModels(settings, allowed, execution());
        input = new InputDecoder(settings.input());
        markSlot(models.keepOpen(settings.defaultModel()).provider());
        requests = new RequestDecoder(allowed, settings.format());
        estimator =
                new BatchEstimator(
                        models,
                        new ImageDecoder(settings.maxPixels())
                                .withGrey16Range(settings.grey16Range()),
                        DefaultIntrinsics.SCALED_TO_IMAGE,
                        settings.resultSize(),
                        sizeLimit(),
                        metrics);
    }

    /** What neither the topic nor the slot holds is refused before it is decoded. */
    private ImageSizeLimit sizeLimit() {
        ResultEncoder results = new ResultEncoder(settings.format());
        WorkingMemory memory = batching.workingMemory(SlotHeap.bytes(getRuntimeContext()));
        LOG.info("This slot lifts images with at most {} bytes of memory", memory.maxBytes());
        return (picture, result) -> {
            results.requireMayFit(result);
            memory.requireHolds(picture, result);
        };
    }

    private void markSlot(ExecutionProvider provider) {
        CpuInstructions instructions = CpuInstructions.ofThisMachine();
        LOG.info("Networks run on {}; this machine's CPU has {}", provider, instructions);
        metrics.markSlot(provider, instructions);
    }

    /**
     * Opens the models that every task would open, and closes them again: to learn before a job is
     * started what would end its tasks.
     *
     * @param settings checked by the job's configuration
     * @return what computes the default model
     * @throws LiftingException naming the model that cannot be used here, and why
     */
    public static ExecutionProvider tryModels(EstimateSettings settings) {
        AllowedModels allowed = new AllowedModels(settings.namedModels(), List.of(), List.of());
        try (DepthModels models = openModels(settings, allowed, settings.execution())) {
            return models.keepOpen(settings.defaultModel()).provider();
        }
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
    public BatchOutcome map(FrameBatch batch) {
        List<FrameRequest> requested = batch.frames().stream().map(FrameRequest::new).toList();
        List<EstimationOutcome> estimated = estimator.estimate(requested);
        List<FrameOutcome> outcomes = new ArrayList<>(requested.size());
        for (int i = 0; i < requested.size(); i++) {
            outcomes.add(outcome(requested.get(i), estimated.get(i)));
        }
        metrics.markBatch(requested.size());
        return new BatchOutcome(outcomes);
    }

    private FrameOutcome outcome(FrameRequest request, EstimationOutcome estimated) {
        if (estimated.failure() != null) {
            return FrameOutcome.of(rejected(request.frame.frame(), estimated.failure()));
        }
        return FrameOutcome.of(
                new EstimatedFrame(request.frame, request.intrinsicsSource, estimated.image()));
    }

    private FrameRejection rejected(CameraFrame frame, LiftingException fault) {
        metrics.markRejected(fault.reason());
        return FrameRejection.withOriginal(fault.reason(), STAGE, detail(frame, fault), frame);
    }

    /** Why a model cannot be opened names files of this host, which is for its operator alone. */
    private String detail(CameraFrame frame, LiftingException fault) {
        if (fault.reason() != RejectionReason.MODEL_UNAVAILABLE) {
            return fault.getMessage();
        }
        if (logged.size() < MAX_LOGGED && logged.add(fault.getMessage())) {
            LOG.warn("Frames are rejected as MODEL_UNAVAILABLE: {}", fault.getMessage(), fault);
        }
        return "model_backend is "
                + FrameDecoder.model(frame).map(CameraId::quoted).orElse("the default model")
                + ": it cannot be used on this host; the log of the job says why";
    }

    @Override
    public void close() {
        if (models != null) {
            models.close();
            models = null;
        }
    }

    /** What a frame asks for, read when its turn comes. */
    private final class FrameRequest implements Supplier<DepthEstimationCommand> {
        private final SequencedFrame frame;
        private IntrinsicsSource intrinsicsSource;

        FrameRequest(SequencedFrame frame) {
            this.frame = frame;
        }

        @Override
        public DepthEstimationCommand get() {
            LiftingRequest request =
                    input.request(
                            frame.frame().payload(),
                            requests,
                            settings.defaultsOf(frame.frame().cameraId()));
            intrinsicsSource = request.intrinsicsSource();
            return request.command();
        }
    }
}
