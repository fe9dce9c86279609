package io.liftstream.cli.bench;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.job.JobSettings;
import io.liftstream.lifting.BatchEstimator;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.EstimationOutcome;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.model.catalogue.AllowedModels;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.stream.EstimateSettings;
import io.liftstream.wire.EncodedResult;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.LiftingRequest;
import io.liftstream.wire.RequestDecoder;
import io.liftstream.wire.ResultEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one thread of a loop lifts with: the library that the job uses, with the job's settings, in
 * the order in which the records come. Not thread-safe.
 */
final class LoopSlot implements AutoCloseable {
    private final EstimateSettings settings;
    private final DepthModels models;
    private final RequestDecoder requests;
    private final BatchEstimator estimator;
    private final ImageLifter lifter = new ImageLifter();
    private final ResultEncoder encoder;

    private StageTimes times = new StageTimes();

    /** Opens the model. */
    LoopSlot(JobSettings job) {
        settings = job.topology().estimate();
        models = openModels(settings);
        requests =
                new RequestDecoder(
                        new AllowedModels(List.of(settings.defaultModel()), List.of(), List.of()),
                        settings.format());
        encoder = new ResultEncoder(settings.format());
        estimator =
                new BatchEstimator(
                        models,
                        settings.decoder(),
                        DefaultIntrinsics.SCALED_TO_IMAGE,
                        settings.resultSize(),
                        (picture, result) -> encoder.requireMayFit(result),
                        (step, images, nanos) -> times.done(step, images, nanos));
    }

    /** The job's models, open and warm. */
    static DepthModels openModels(EstimateSettings settings) {
        ModelCatalogue catalogue =
                settings.catalogue() == null
                        ? ModelCatalogue.bundled()
                        : ModelCatalogue.read(Path.of(settings.catalogue()));
        DepthModels models =
                new DepthModels(
                        catalogue,
                        ModelStore.openDefault(),
                        settings.execution(),
                        settings.defaultModel());
        models.keepOpen(settings.defaultModel());
        return models;
    }

    /** Begins to measure anew; what is measured from now on is added to the times given. */
    void measureInto(StageTimes given) {
        times = given;
    }

    /**
     * Lifts a batch.
     *
     * @param results takes each encoded result; null to make the clouds and throw them away
     */
    void lift(List<ConsumerRecord<byte[], byte[]>> records, Consumer<EncodedResult> results) {
        List<Request> batch = records.stream().map(record -> new Request(frame(record))).toList();
        List<EstimationOutcome> outcomes = estimator.estimate(batch);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).failure() != null) {
                throw outcomes.get(i).failure();
            }
            finish(batch.get(i), outcomes.get(i), results);
        }
    }

    private void finish(
            Request request, EstimationOutcome outcome, Consumer<EncodedResult> results) {
        long start = System.nanoTime();
        LiftedImage lifted = lifter.lift(outcome.image());
        if (results == null) {
            lifted.packed();
            times.add("lift", 1, System.nanoTime() - start);
            return;
        }
        EncodedResult encoded =
                encoder.encode(
                        new SequencedFrame(0, request.frame),
                        request.read.intrinsicsSource(),
                        CameraSetup.UNKNOWN,
                        lifted);
        long made = System.nanoTime();
        times.add("lift", 1, made - start);
        results.accept(encoded);
        times.add("send", 1, System.nanoTime() - made);
    }

    private static CameraFrame frame(ConsumerRecord<byte[], byte[]> record) {
        Provenance provenance =
                new Provenance(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        true);
        return FrameDecoder.decode(record.key(), record.value(), provenance).frame();
    }

    @Override
    public void close() {
        models.close();
    }

    /** A frame, and what it asks for once its turn has come. */
    private final class Request implements Supplier<DepthEstimationCommand> {
        private final CameraFrame frame;
        private LiftingRequest read;

        Request(CameraFrame frame) {
            this.frame = frame;
        }

        @Override
        public DepthEstimationCommand get() {
            read = requests.decode(frame.payload(), settings.defaults());
            return read.command();
        }
    }
}
