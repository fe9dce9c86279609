package io.liftstream.job;

import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.stream.BatchFrames;
import io.liftstream.stream.BatchOutcome;
import io.liftstream.stream.EstimateDepth;
import io.liftstream.stream.EstimatedFrame;
import io.liftstream.stream.JudgeCalibrations;
import io.liftstream.stream.LiftFrames;
import io.liftstream.stream.RejectMalformed;
import io.liftstream.stream.RejectionOutput;
import io.liftstream.stream.SequenceFramesOperator;
import io.liftstream.stream.ShedFrames;
import io.liftstream.stream.SplitBatch;
import io.liftstream.wire.EncodedResult;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of the job. Its ends are arguments, so that a test runs the same graph between others.
 */
public final class DepthTopology {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private DepthTopology() {}

    /**
     * Adds the graph to an environment.
     *
     * @param env the environment
     * @param frames read here
     * @param results written here, each camera's in order
     * @param calibrations read here; null for none
     * @param rejections written here, in no order
     * @param settings of the operators between them
     */
    public static void define(
            StreamExecutionEnvironment env,
            Source<ReceivedFrame, ?, ?> frames,
            CalibrationInputs calibrations,
            Sink<EncodedResult> results,
            Sink<FrameRejection> rejections,
            TopologySettings settings) {

        DataStream<ReceivedFrame> received =
                named(
                        env.fromSource(
                                frames,
                                watermarks(settings),
                                OperatorIds.FRAMES.operatorName(),
                                TypeInformation.of(ReceivedFrame.class)),
                        OperatorIds.FRAMES);

        SingleOutputStreamOperator<CameraFrame> wellFormed =
                named(
                        received.process(
                                new RejectMalformed(
                                        settings.clockGuardMillis(),
                                        settings.maxOriginalBytes(),
                                        settings.maxAgeMillis())),
                        OperatorIds.REJECT_MALFORMED);

        SingleOutputStreamOperator<SequencedFrame> sequenced =
                named(
                        wellFormed
                                .keyBy(CameraFrame::cameraId, Types.STRING)
                                .transform(
                                        OperatorIds.SEQUENCE_FRAMES.operatorName(),
                                        TypeInformation.of(SequencedFrame.class),
                                        new SequenceFramesOperator(
                                                settings.sequencing(), settings.slotBounds())),
                        OperatorIds.SEQUENCE_FRAMES);

        SingleOutputStreamOperator<SequencedFrame> fresh =
                named(
                        sequenced.transform(
                                OperatorIds.SHED_FRAMES.operatorName(),
                                TypeInformation.of(SequencedFrame.class),
                                new ShedFrames(settings.maxAgeMillis())),
                        OperatorIds.SHED_FRAMES);

        SingleOutputStreamOperator<FrameBatch> batched =
                named(
                        fresh.transform(
                                OperatorIds.BATCH_FRAMES.operatorName(),
                                TypeInformation.of(FrameBatch.class),
                                new BatchFrames(settings.batching(), settings.frameMemory())),
                        OperatorIds.BATCH_FRAMES);

        SingleOutputStreamOperator<BatchOutcome> estimated =
                named(
                        batched.map(
                                new EstimateDepth(
                                        settings.estimate(),
                                        settings.batching(),
                                        checkpointFolder(env)),
                                TypeInformation.of(BatchOutcome.class)),
                        OperatorIds.ESTIMATE_DEPTH);

        SingleOutputStreamOperator<EstimatedFrame> split =
                named(
                        estimated.process(new SplitBatch(settings.maxOriginalBytes())),
                        OperatorIds.SPLIT_BATCH);

        // The frames are still where keyBy brought their camera: nothing has to be shuffled.
        SingleOutputStreamOperator<EncodedResult> lifted =
                named(
                        DataStreamUtils.reinterpretAsKeyedStream(
                                        split, EstimatedFrame::cameraId, Types.STRING)
                                .process(
                                        new LiftFrames(
                                                settings.lift(),
                                                calibrations == null ? null : calibrations.feed(),
                                                settings.maxOriginalBytes()),
                                        TypeInformation.of(EncodedResult.class)),
                        OperatorIds.LIFT_FRAMES);

        lifted.sinkTo(results)
                .uid(OperatorIds.DEPTH_SINK.uid())
                .name(OperatorIds.DEPTH_SINK.operatorName());
        DataStream<FrameRejection> rejected =
                wellFormed
                        .getSideOutput(RejectionOutput.TAG)
                        .union(
                                sequenced.getSideOutput(RejectionOutput.TAG),
                                fresh.getSideOutput(RejectionOutput.TAG),
                                split.getSideOutput(RejectionOutput.TAG),
                                lifted.getSideOutput(RejectionOutput.TAG));
        if (calibrations != null) {
            rejected = rejected.union(refused(env, calibrations.records(), settings));
        }
        rejected.sinkTo(rejections)
                .uid(OperatorIds.REJECTED_SINK.uid())
                .name(OperatorIds.REJECTED_SINK.operatorName());
    }

    /**
     * The calibrations that do not count. Frames do not wait for them: LiftFrames reads by itself.
     */
    private static DataStream<FrameRejection> refused(
            StreamExecutionEnvironment env,
            Source<CalibrationRecord, ?, ?> records,
            TopologySettings settings) {
        SingleOutputStreamOperator<CalibrationRecord> published =
                env.fromSource(
                                records,
                                WatermarkStrategy.noWatermarks(),
                                OperatorIds.CALIBRATIONS.operatorName(),
                                TypeInformation.of(CalibrationRecord.class))
                        .setParallelism(1);
        return named(
                named(published, OperatorIds.CALIBRATIONS)
                        .keyBy(JudgeCalibrations::keyOf, Types.STRING)
                        .process(
                                new JudgeCalibrations(
                                        settings.lift().calibrations(),
                                        settings.maxOriginalBytes()),
                                TypeInformation.of(FrameRejection.class)),
                OperatorIds.JUDGE_CALIBRATIONS);
    }

    /** Flink's watermark serves metrics and the end of bounded input; it orders nothing. */
    private static WatermarkStrategy<ReceivedFrame> watermarks(TopologySettings settings) {
        return WatermarkStrategy.<ReceivedFrame>forBoundedOutOfOrderness(
                        Duration.ofNanos(settings.sequencing().maxOutOfOrdernessNanos()))
                .withTimestampAssigner((received, brokerTime) -> eventMillis(received))
                .withIdleness(settings.sourceIdleness());
    }

    private static long eventMillis(ReceivedFrame received) {
        return received.frame() == null
                ? received.rejection().provenance().brokerTimeMillis()
                : received.frame().captureTimeNanos() / NANOS_PER_MILLI;
    }

    /** All task managers reach it; the job starts without one in tests alone. */
    private static String checkpointFolder(StreamExecutionEnvironment env) {
        return env.getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .orElse(null);
    }

    private static <T> SingleOutputStreamOperator<T> named(
            SingleOutputStreamOperator<T> operator, OperatorIds id) {
        return operator.uid(id.uid()).name(id.operatorName());
    }
}
