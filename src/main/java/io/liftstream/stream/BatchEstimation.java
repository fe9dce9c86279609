package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.lifting.BatchKey;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.LiftingOutcome;
import io.liftstream.lifting.PreparedImage;
import io.liftstream.network.ModelsInUseException;
import io.liftstream.wire.LiftedFrame;
import io.liftstream.wire.LiftingRequest;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lifts the frames of one batch: those of one model and input size in one network run. Outcomes
 * keep the frames' order. A batch of more models than may be open is lifted in parts. Not
 * thread-safe.
 */
final class BatchEstimation {
    private static final Logger LOG = LoggerFactory.getLogger(BatchEstimation.class);
    private static final String STAGE = "estimate";

    private final DepthEstimation estimation;
    private final RequestDecoder requests;
    private final ResultEncoder results;
    private final Function<String, LiftingDefaults> defaults;
    private final EstimateMetrics metrics;

    BatchEstimation(
            DepthEstimation estimation,
            RequestDecoder requests,
            ResultEncoder results,
            Function<String, LiftingDefaults> defaults,
            EstimateMetrics metrics) {
        this.estimation = estimation;
        this.requests = requests;
        this.results = results;
        this.defaults = defaults;
        this.metrics = metrics;
    }

    /** Refuses a frame that waited too long. */
    FrameOutcome shed(CameraFrame frame, long maxAgeMillis) {
        return FrameOutcome.of(
                counted(
                        FrameRejection.withoutOriginal(
                                RejectionReason.SHED,
                                STAGE,
                                "on the topic since "
                                        + java.time.Instant.ofEpochMilli(
                                                frame.provenance().brokerTimeMillis())
                                        + ": live.max-age is "
                                        + Duration.ofMillis(maxAgeMillis),
                                frame)));
    }

    /**
     * Lifts frames; the outcome at an index is that of the frame at this index.
     *
     * @throws io.liftstream.network.DeviceFailedException when a model cannot be opened because the
     *     device failed: no frame's fault, to fail the task
     * @throws LiftingException when a network no longer runs even its warm-up tensor: likewise
     */
    List<FrameOutcome> lift(List<SequencedFrame> frames) {
        FrameOutcome[] outcomes = new FrameOutcome[frames.size()];
        int next = 0;
        while (next < outcomes.length) {
            next = liftFrom(next, frames, outcomes);
        }
        return Arrays.asList(outcomes);
    }

    /**
     * Lifts frames from an index on, until none is left or the next needs one more model than may
     * be open; returns that frame's index.
     */
    private int liftFrom(int first, List<SequencedFrame> frames, FrameOutcome[] outcomes) {
        Map<BatchKey, List<Prepared>> groups = new LinkedHashMap<>();
        try {
            int next = prepareFrom(first, frames, groups, outcomes);
            groups.values().forEach(group -> estimate(group, outcomes));
            return next;
        } finally {
            groups.values().forEach(group -> group.forEach(prepared -> prepared.image.close()));
        }
    }

    private int prepareFrom(
            int first,
            List<SequencedFrame> frames,
            Map<BatchKey, List<Prepared>> groups,
            FrameOutcome[] outcomes) {
        for (int i = first; i < outcomes.length; i++) {
            try {
                Prepared prepared = prepare(i, frames.get(i));
                groups.computeIfAbsent(prepared.image.batchKey(), key -> new ArrayList<>())
                        .add(prepared);
            } catch (LiftingException e) {
                if (e instanceof ModelsInUseException && !groups.isEmpty()) {
                    return i;
                }
                outcomes[i] = rejected(STAGE, e, frames.get(i));
            }
        }
        return outcomes.length;
    }

    private Prepared prepare(int index, SequencedFrame frame) {
        long start = System.nanoTime();
        LiftingRequest request =
                requests.decode(frame.frame().payload(), defaults.apply(frame.frame().cameraId()));
        PreparedImage image = estimation.prepare(request.command());
        try {
            results.requireMayFit(image.width(), image.height());
        } catch (LiftingException e) {
            image.close();
            throw e;
        }
        metrics.markPrepared(System.nanoTime() - start);
        return new Prepared(index, frame, request, image);
    }

    private void estimate(List<Prepared> group, FrameOutcome[] outcomes) {
        long start = System.nanoTime();
        List<LiftingOutcome> lifted = run(group);
        metrics.markEstimated(group.size(), System.nanoTime() - start);
        for (int i = 0; i < group.size(); i++) {
            Prepared prepared = group.get(i);
            outcomes[prepared.index] = outcome(prepared, lifted.get(i));
        }
    }

    /**
     * Runs a group together; after a failure, each frame alone. A failure of the warm-up tensor is
     * no frame's fault and leaves this method, to fail the task.
     */
    private List<LiftingOutcome> run(List<Prepared> group) {
        List<PreparedImage> images = group.stream().map(Prepared::image).toList();
        try {
            return estimation.estimate(images);
        } catch (LiftingException e) {
            LOG.warn("A run of {} frames failed; trying each alone", group.size(), e);
            estimation.checkNetwork(images.get(0));
            return images.stream().map(this::runAlone).toList();
        }
    }

    private LiftingOutcome runAlone(PreparedImage image) {
        try {
            return estimation.estimate(List.of(image)).get(0);
        } catch (LiftingException e) {
            estimation.checkNetwork(image);
            return new LiftingOutcome(null, e);
        }
    }

    private FrameOutcome outcome(Prepared prepared, LiftingOutcome lifted) {
        if (lifted.failure() != null) {
            return rejected(STAGE, lifted.failure(), prepared.frame);
        }
        DepthEstimationResult result = lifted.result();
        if (metrics.markSaturated(result.saturatedPixels())) {
            LOG.warn(
                    "LINEAR clips {} pixels of camera {} at 65535 / depth_scale: lower depth_scale or"
                            + " depth_trunc; further frames are counted in saturatedPixels alone",
                    result.saturatedPixels(),
                    prepared.frame.frame().cameraId());
        }
        try {
            FrameOutcome outcome =
                    FrameOutcome.of(
                            results.encode(
                                    new LiftedFrame(
                                            prepared.frame,
                                            prepared.request.intrinsicsSource(),
                                            result,
                                            stride ->
                                                    estimation.thinnedCloud(
                                                            prepared.image, result, stride))));
            metrics.markLifted(outcome.result().value().length);
            return outcome;
        } catch (LiftingException e) {
            return rejected(ResultEncoder.STAGE, e, prepared.frame);
        }
    }

    private FrameOutcome rejected(String stage, LiftingException fault, SequencedFrame frame) {
        return FrameOutcome.of(
                counted(
                        FrameRejection.withOriginal(
                                fault.reason(), stage, fault.getMessage(), frame.frame())));
    }

    private FrameRejection counted(FrameRejection rejection) {
        metrics.markRejected(rejection.reason());
        return rejection;
    }

    /** A frame on its way, and its place in the batch. */
    private record Prepared(
            int index, SequencedFrame frame, LiftingRequest request, PreparedImage image) {}
}
