package io.liftstream.stream;

import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.CpuInstructions;
import io.liftstream.input.InputDecoder;
import io.liftstream.lifting.BatchEstimator;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.EstimationOutcome;
import io.liftstream.lifting.ImageSizeLimit;
import io.liftstream.lifting.WorkingMemory;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DeviceFailedException;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.wire.LiftingRequest;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the depth of batches of frames with the ONNX sessions of its task slot. Those of the
 * default model and of the models that the operator listed are opened and warmed up in {@link
 * #open} before the first frame, and stay open; those of files that frames name come and go. All
 * are closed in {@link #close}.
 *
 * <p>A frame whose depth cannot be estimated is rejected; outcomes keep the batch's order all the
 * same. A device that no longer runs anything fails the task, and Flink restarts it; where the
 * process cannot use its GPU any more, the process ends. A frame that processes died of is POISON.
 */
public final class EstimateDepth extends RichMapFunction<FrameBatch, BatchOutcome>
        implements CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EstimateDepth.class);
    private static final String STAGE = "estimate";
    private static final int MAX_LOGGED = 100;

    private final EstimateSettings settings;
    private final BatchingSettings batching;
    private final String crashFolder;

    private transient SlotNetworks networks;
    private transient CrashRecord crashes;

    /** Frames are being lifted, or threw what nobody foresaw. */
    private transient boolean failing;

    private transient InputDecoder input;
    private transient RequestDecoder requests;
    private transient BatchEstimator estimator;
    private transient EstimateMetrics metrics;

    /** What was said of models that cannot be used, so that a stream of frames says it once. */
    private transient Set<String> logged;

    /**
     * @param settings checked by the job's configuration
     * @param batching of the batches that come
     * @param crashFolder URI of a folder that all task managers reach, where a subtask writes down
     *     what it lifts after its process died; null for none
     */
    public EstimateDepth(EstimateSettings settings, BatchingSettings batching, String crashFolder) {
        this.settings = settings;
        this.batching = batching;
        this.crashFolder = crashFolder;
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
        crashes = CrashRecord.begin(crashFolder, nameOfSubtask());
        try {
            networks =
                    SlotNetworks.open(settings, allowed, getRuntimeContext(), metrics::markNetwork);
        } catch (RuntimeException e) {
            throw SlotNetworks.ofTheProcess(e);
        }
        input = new InputDecoder(settings.input());
        markSlot(networks.models().keepOpen(settings.defaultModel()).provider());
        requests = new RequestDecoder(allowed, settings.format());
        estimator =
                new BatchEstimator(
                        networks.models(),
                        settings.decoder(),
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
        metrics.markSlot(instructions);
    }

    /**
     * Opens the models that every task would open, and closes them again: to learn before a job is
     * started what would end its tasks.
     *
     * @param settings checked by the job's configuration
     * @param store where models are kept
     * @return what computes the default model
     * @throws LiftingException naming the model that cannot be used here, and why
     */
    public static ExecutionProvider tryModels(EstimateSettings settings, ModelStore store) {
        return SlotNetworks.tryOut(settings, store);
    }

    private String nameOfSubtask() {
        return "liftstream-lifted-"
                + getRuntimeContext().getJobInfo().getJobId()
                + "-"
                + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public BatchOutcome map(FrameBatch batch) {
        List<FrameOutcome> outcomes = new ArrayList<>(batch.frames().size());
        failing = true;
        if (crashes.isCautious()) {
            for (SequencedFrame frame : batch.frames()) {
                FrameBatch alone = new FrameBatch(List.of(frame));
                crashes.lifting(alone);
                estimate(alone, outcomes);
            }
            // What comes behind this operator lifts all of them.
            crashes.lifting(batch);
        } else {
            estimate(batch, outcomes);
        }
        failing = false;
        metrics.markBatch(outcomes.size());
        return new BatchOutcome(outcomes);
    }

    private void estimate(FrameBatch batch, List<FrameOutcome> outcomes) {
        List<FrameRequest> requested = batch.frames().stream().map(FrameRequest::new).toList();
        List<EstimationOutcome> estimated;
        try {
            estimated = estimator.estimate(requested);
        } catch (DeviceFailedException e) {
            // A frame may be what broke the device for this process: it dies of that frame.
            failing = DeviceFailedException.isLasting(e);
            throw SlotNetworks.ofTheProcess(e);
        }
        for (int i = 0; i < requested.size(); i++) {
            outcomes.add(outcome(requested.get(i), estimated.get(i)));
        }
    }

    private FrameOutcome outcome(FrameRequest request, EstimationOutcome estimated) {
        if (estimated.failure() != null) {
            return FrameOutcome.of(rejected(request, estimated.failure()));
        }
        return FrameOutcome.of(
                new EstimatedFrame(request.frame, request.intrinsicsSource, estimated.image()));
    }

    private FrameRejection rejected(FrameRequest request, LiftingException fault) {
        metrics.markRejected(fault.reason());
        return FrameRejection.withOriginal(
                fault.reason(), STAGE, detail(request, fault), request.frame.frame());
    }

    /** Why a model cannot be opened names files of this host, which is for its operator alone. */
    private String detail(FrameRequest request, LiftingException fault) {
        if (fault.reason() != RejectionReason.MODEL_UNAVAILABLE) {
            return fault.getMessage();
        }
        if (logged.size() < MAX_LOGGED && logged.add(fault.getMessage())) {
            LOG.warn("Frames are rejected as MODEL_UNAVAILABLE: {}", fault.getMessage(), fault);
        }
        return "model_backend is "
                + (request.namedModel == null
                        ? "the default model"
                        : CameraId.quoted(request.namedModel))
                + ": it cannot be used on this host, and is tried again within 5 min; the log of"
                + " the job says why";
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        // There is no state: only the barrier is of interest.
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        crashes.barrier();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        crashes.checkpointComplete();
    }

    @Override
    public void close() {
        if (crashes != null && !failing) {
            crashes.end();
        }
        crashes = null;
        if (networks != null) {
            networks.close();
            networks = null;
        }
    }

    /** What a frame asks for, read when its turn comes. */
    private final class FrameRequest implements Supplier<DepthEstimationCommand> {
        private final SequencedFrame frame;
        private IntrinsicsSource intrinsicsSource;
        private String namedModel;

        FrameRequest(SequencedFrame frame) {
            this.frame = frame;
        }

        @Override
        public DepthEstimationCommand get() {
            if (crashes.isPoison(frame.frame().provenance())) {
                throw new LiftingException(
                        RejectionReason.POISON,
                        "frame",
                        "poison",
                        "its process died "
                                + SuspectFrames.MAX_DEATHS
                                + " times while it was lifted; it is not lifted again");
            }
            LiftingRequest request =
                    input.request(
                            frame.frame().payload(),
                            requests,
                            settings.defaultsOf(frame.frame().cameraId()));
            intrinsicsSource = request.intrinsicsSource();
            namedModel = request.namedModel();
            return request.command();
        }
    }
}
