package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.kafka.CalibrationTopic;
import io.liftstream.kafka.KafkaConnectors;
import io.liftstream.kafka.LiveTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class DepthTopologyTest {

    @Test
    void everyOperatorOfOursHasItsUidAndName() {
        Map<String, String> names = new TreeMap<>();
        for (StreamNode node : graph().getStreamNodes()) {
            if (node.getTransformationUID() != null) {
                names.put(node.getTransformationUID(), node.getOperatorName());
            }
        }

        assertThat(names.keySet())
                .containsAll(Arrays.stream(OperatorIds.values()).map(OperatorIds::uid).toList());
        // What is not ours is a sink's own committer, whose uid Flink derives from the sink's.
        assertThat(names.keySet())
                .allMatch(
                        uid ->
                                Arrays.stream(OperatorIds.values())
                                        .anyMatch(id -> uid.contains(id.uid())));
        assertThat(graph().getStreamNodes()).allMatch(node -> node.getTransformationUID() != null);
    }

    @Test
    void theUidsAreThoseOfSavepointsAlreadyWritten() {
        assertThat(Arrays.stream(OperatorIds.values()).map(OperatorIds::uid))
                .containsExactly(
                        "frames-source",
                        "reject-malformed",
                        "sequence-frames",
                        "shed-frames",
                        "batch-frames",
                        "estimate-depth",
                        "split-outcomes",
                        "lift-frames",
                        "depth-sink",
                        "rejected-sink",
                        "calibrations-source",
                        "judge-calibrations");
    }

    @Test
    void nothingTravelsThroughKryo() {
        StreamExecutionEnvironment env = environment();
        assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(env.getConfiguration().get(PipelineOptions.OBJECT_REUSE)).isTrue();
        assertThat(env.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
        StreamGraph graph = graph();
        for (StreamNode node : graph.getStreamNodes()) {
            TypeSerializer<?> output = node.getTypeSerializerOut();
            assertThat(output).as(node.getOperatorName()).isNotInstanceOf(KryoSerializer.class);
        }
        assertThat(nodeOf(graph, OperatorIds.LIFT_FRAMES).getStateKeySerializer())
                .isEqualTo(StringSerializer.INSTANCE);
    }

    @Test
    void noShuffleFollowsTheOrdering() {
        StreamGraph graph = graph();
        int ordering = parallelismOf(graph, OperatorIds.SEQUENCE_FRAMES);
        for (OperatorIds id :
                List.of(
                        OperatorIds.SHED_FRAMES,
                        OperatorIds.BATCH_FRAMES,
                        OperatorIds.ESTIMATE_DEPTH,
                        OperatorIds.SPLIT_BATCH,
                        OperatorIds.LIFT_FRAMES,
                        OperatorIds.DEPTH_SINK)) {
            StreamNode node = nodeOf(graph, id);
            assertThat(node.getParallelism()).isEqualTo(ordering);
            assertThat(node.getInEdges())
                    .allMatch(edge -> edge.getPartitioner().toString().equals("FORWARD"));
        }
    }

    /** What one task runs: only between tasks is a record serialised. */
    @Test
    void fromTheOrderingToTheDepthSinkOneTaskRunsAll() {
        List<String> tasks = new ArrayList<>();
        for (JobVertex task : graph().getJobGraph().getVertices()) {
            tasks.add(task.getName());
        }
        assertThat(tasks)
                .anyMatch(name -> name.contains("Frames") && name.contains("RejectMalformed"))
                .anyMatch(
                        name ->
                                name.contains(
                                        "SequenceFrames -> ShedFrames -> BatchFrames ->"
                                                + " EstimateDepth -> SplitBatch -> LiftFrames -> Depth: Writer"));
    }

    @Test
    void theGeometryIsKeyedAsTheOrderingIs() {
        StreamGraph graph = graph();
        StreamNode ordering = nodeOf(graph, OperatorIds.SEQUENCE_FRAMES);
        StreamNode geometry = nodeOf(graph, OperatorIds.LIFT_FRAMES);
        assertThat(geometry.getMaxParallelism()).isEqualTo(ordering.getMaxParallelism());
        assertThat(geometry.getStateKeySerializer()).isEqualTo(ordering.getStateKeySerializer());
    }

    private static int parallelismOf(StreamGraph graph, OperatorIds id) {
        return nodeOf(graph, id).getParallelism();
    }

    private static StreamNode nodeOf(StreamGraph graph, OperatorIds id) {
        return graph.getStreamNodes().stream()
                .filter(node -> id.uid().equals(node.getTransformationUID()))
                .findFirst()
                .orElseThrow();
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironment(
                2, LiftstreamJob.flinkConfiguration(settings()));
    }

    private static StreamGraph graph() {
        JobSettings settings = settings();
        StreamExecutionEnvironment env = environment();
        KafkaConnectors kafka =
                new KafkaConnectors(
                        settings.kafka(), settings.name(), settings.topology().estimate().input());
        DepthTopology.define(
                env,
                kafka.liveFrames(
                        settings.framesTopic(),
                        settings.start(),
                        new LiveTiming(null, Duration.ZERO)),
                new CalibrationInputs(
                        kafka.calibrations("calibration", false),
                        new CalibrationTopic(settings.kafka(), "calibration", 0)),
                kafka.results(settings.depthTopic(), settings.sink()),
                kafka.rejections(settings.rejectedTopic(), settings.sink()),
                settings.topology());
        return env.getStreamGraph(false);
    }

    private static JobSettings settings() {
        return JobSettingsReader.read(
                ConfigurationLoader.load(
                        null, List.of("--kafka.bootstrap-servers", "127.0.0.1:1")));
    }
}
