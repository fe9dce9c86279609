package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.network.TinyModel;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.FrameEncoder;
import io.liftstream.wire.ResultDecoder;
import io.liftstream.wire.ResultFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator in Flink's harness, with models of one node that frames name by their path. */
class EstimateDepthTest {
    private static final int SIDE = 14;
    private static final int MORE_THAN_MAY_BE_OPEN = 20;
    private static final int MAX_OPEN = 16;

    @TempDir private Path folder;
    private int openBefore;

    @BeforeEach
    void countSessions() {
        openBefore = DepthNetwork.openSessions();
    }

    @AfterEach
    void leavesNoSessionOpen() {
        assertThat(DepthNetwork.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void aBatchOfMoreModelsThanMayBeOpenIsLiftedWhole() throws Exception {
        List<Path> files = TinyModel.writeDistinct(folder, MORE_THAN_MAY_BE_OPEN);
        try (var harness = harness(files)) {
            harness.open();
            for (int round = 0; round < 2; round++) {
                harness.processElement(new StreamRecord<>(batch(files)));
                assertThat(DepthNetwork.openSessions() - openBefore).isEqualTo(MAX_OPEN);
            }
            List<LiftedBatch> lifted = harness.extractOutputValues();
            assertThat(lifted).hasSize(2);
            for (LiftedBatch batch : lifted) {
                assertThat(models(batch)).isEqualTo(files.stream().map(this::modelName).toList());
            }
        }
    }

    @Test
    void framesOfOneModelShareItWhateverOthersTheBatchNames() throws Exception {
        List<Path> files = TinyModel.writeDistinct(folder, MORE_THAN_MAY_BE_OPEN);
        List<Path> named = new ArrayList<>();
        for (Path file : files) {
            named.add(file);
            named.add(files.get(1));
        }
        try (var harness = harness(files)) {
            harness.open();
            harness.processElement(new StreamRecord<>(batch(named)));
            assertThat(models(harness.extractOutputValues().get(0)))
                    .isEqualTo(named.stream().map(this::modelName).toList());
        }
    }

    @Test
    void aFrameThatNamesADamagedModelIsRejectedAlone() throws Exception {
        List<Path> files = TinyModel.writeDistinct(folder, 3);
        Files.writeString(files.get(1), "Dear Sir or Madam");
        try (var harness = harness(files)) {
            harness.open();
            harness.processElement(new StreamRecord<>(batch(files)));
            List<FrameOutcome> outcomes = harness.extractOutputValues().get(0).outcomes();
            assertThat(outcomes.get(0).result()).isNotNull();
            assertThat(outcomes.get(2).result()).isNotNull();
            assertThat(outcomes.get(1).rejection().reason())
                    .isEqualTo(RejectionReason.INVALID_COMMAND);
            assertThat(outcomes.get(1).rejection().detail()).contains("tiny-1.onnx");
        }
    }

    private String modelName(Path file) {
        return file.getFileName().toString().replace(".onnx", "");
    }

    private static List<String> models(LiftedBatch batch) throws Exception {
        List<String> names = new ArrayList<>();
        for (FrameOutcome outcome : batch.outcomes()) {
            assertThat(outcome.rejection()).isNull();
            String backend =
                    ResultDecoder.decode(outcome.result().value()).result().backendIdentity();
            names.add(backend.substring(0, backend.indexOf('@')));
        }
        return names;
    }

    private OneInputStreamOperatorTestHarness<FrameBatch, LiftedBatch> harness(List<Path> files)
            throws Exception {
        EstimateSettings settings =
                new EstimateSettings(
                        null,
                        files.get(0).toString(),
                        List.of(),
                        List.of(folder.toString()),
                        ExecutionSettings.cpu(1),
                        false,
                        SIDE * SIDE,
                        0,
                        LiftingDefaults.EMPTY,
                        Map.of(),
                        new ResultFormat(DepthMapFormat.FLOAT32, DepthImageFormat.PNG, 1 << 20));
        return new OneInputStreamOperatorTestHarness<>(
                new StreamMap<>(new EstimateDepth(settings)));
    }

    private static FrameBatch batch(List<Path> files) throws Exception {
        byte[] image = ImageEncoder.png(new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]));
        List<SequencedFrame> frames = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            var message =
                    io.liftstream.proto.v1.CameraFrame.parseFrom(
                            FrameEncoder.encode("gate", i, i, image, null))
                            .toBuilder();
            message.getCommandBuilder().setModelBackend(files.get(i).toString());
            Provenance provenance = new Provenance("frames", 0, i, 0);
            frames.add(
                    new SequencedFrame(
                            0,
                            new CameraFrame(
                                    "gate", i, i, message.build().toByteArray(), provenance)));
        }
        return new FrameBatch(frames);
    }
}
