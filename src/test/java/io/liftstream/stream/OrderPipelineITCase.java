package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.SequencedFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The three operators in a real cluster: shuffle, chain, checkpoints and the end of input. */
@Tag("alone")
class OrderPipelineITCase {
    private static final int CAMERAS = 20;
    private static final int FRAMES_EACH = 200;
    private static final SequencingSettings REPLAY =
            new SequencingSettings(500_000_000L, false, 0, 100, 1_000_000, 0);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void aShuffledFleetComesOutInOrderAndComplete() throws Exception {
        Map<String, List<Long>> sequences = new HashMap<>();
        for (SequencedFrame frame : run(shuffledFleet())) {
            sequences
                    .computeIfAbsent(frame.frame().cameraId(), id -> new ArrayList<>())
                    .add(frame.frame().sequence());
        }

        assertThat(sequences).hasSize(CAMERAS);
        assertThat(sequences.values())
                .allSatisfy(sequence -> assertThat(sequence).hasSize(FRAMES_EACH).isSorted());
    }

    /** 200 frames are pending at the end, and take four times as long as a checkpoint may. */
    @Test
    void checkpointsPassWhileTheFramesThatArePendingAtTheEndAreLifted() throws Exception {
        List<ReceivedFrame> pending = new ArrayList<>();
        for (int camera = 0; camera < 40; camera++) {
            for (int index = 0; index < 5; index++) {
                pending.add(ReceivedFrame.of(frame("camera-" + camera, index)));
            }
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        new Configuration()
                                .set(PipelineOptions.OBJECT_REUSE, true)
                                .set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
        environment.setParallelism(1);
        environment.enableCheckpointing(200);
        environment.getCheckpointConfig().setCheckpointTimeout(2_000);
        environment.getCheckpointConfig().enableUnalignedCheckpoints();
        SingleOutputStreamOperator<Long> lifted =
                environment
                        .fromData(pending, TypeInformation.of(ReceivedFrame.class))
                        .process(new RejectMalformed(0, 100, 0))
                        .keyBy(CameraFrame::cameraId, Types.STRING)
                        .transform(
                                "sequence-frames",
                                TypeInformation.of(SequencedFrame.class),
                                new SequenceFramesOperator(REPLAY, SlotBounds.OF_HEAP))
                        .map(
                                released -> {
                                    Thread.sleep(40); // Stands for a network of 40 ms.
                                    return released.frame().sequence();
                                },
                                Types.LONG);
        List<Long> sequences = new ArrayList<>();
        try (CloseableIterator<Long> results = lifted.executeAndCollect("end")) {
            results.forEachRemaining(sequences::add);
        }
        assertThat(sequences).hasSize(200);
    }

    /** One source, as a camera stays in one partition; two subtasks put in order. */
    private static List<SequencedFrame> run(List<ReceivedFrame> received) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        new Configuration()
                                .set(PipelineOptions.GENERIC_TYPES, false)
                                .set(PipelineOptions.OBJECT_REUSE, true));
        environment.setParallelism(2);
        environment.enableCheckpointing(50);
        environment.getCheckpointConfig().enableUnalignedCheckpoints();
        SingleOutputStreamOperator<SequencedFrame> ordered =
                environment
                        .fromData(received, TypeInformation.of(ReceivedFrame.class))
                        .setParallelism(1)
                        .process(new RejectMalformed(0, 100, 0))
                        .setParallelism(1)
                        .keyBy(CameraFrame::cameraId, Types.STRING)
                        .transform(
                                "sequence-frames",
                                TypeInformation.of(SequencedFrame.class),
                                new SequenceFramesOperator(REPLAY, SlotBounds.OF_HEAP));
        DataStream<FrameBatch> batches =
                ordered.transform(
                        "batch-frames",
                        TypeInformation.of(FrameBatch.class),
                        new BatchFrames(new BatchingSettings(8, 1 << 20, 20), frame -> 100));
        CloseableIterator<FrameRejection> rejections =
                ordered.getSideOutput(RejectionOutput.TAG).collectAsync();
        List<SequencedFrame> frames = new ArrayList<>();
        try (CloseableIterator<FrameBatch> results = batches.executeAndCollect("order")) {
            results.forEachRemaining(batch -> frames.addAll(batch.frames()));
        }
        assertThat(rejections).isExhausted();
        rejections.close();
        return frames;
    }

    /** Frames every 100 ms, each up to four places from its own, the cameras well mixed. */
    private static List<ReceivedFrame> shuffledFleet() {
        Random random = new Random(4);
        List<ReceivedFrame> fleet = new ArrayList<>();
        for (int block = 0; block < FRAMES_EACH; block += 4) {
            List<ReceivedFrame> mixed = new ArrayList<>();
            for (int camera = 0; camera < CAMERAS; camera++) {
                for (int frame = block; frame < block + 4; frame++) {
                    mixed.add(ReceivedFrame.of(frame("camera-" + camera, frame)));
                }
            }
            Collections.shuffle(mixed, random);
            fleet.addAll(mixed);
        }
        return fleet;
    }

    private static CameraFrame frame(String camera, int index) {
        return new CameraFrame(
                camera,
                1_700_000_000_000_000_000L + index * 100_000_000L,
                index,
                new byte[1_000],
                new Provenance("frames", 0, index, 0));
    }
}
