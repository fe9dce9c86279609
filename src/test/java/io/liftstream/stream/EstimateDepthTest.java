package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.Grey16Range;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.input.InputFormat;
import io.liftstream.input.InputFraming;
import io.liftstream.input.InputSettings;
import io.liftstream.input.Records;
import io.liftstream.input.ValueSource;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.ResultSize;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.network.TinyModel;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import io.liftstream.wire.FrameEncoder;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator in Flink's harness, with models of one node that frames name by their path. */
class EstimateDepthTest {
    private static final int SIDE = 14;
    private static final int MORE_THAN_MAY_BE_OPEN = 20;
    private static final int MAX_OPEN = 16;

    private static final BatchingSettings BATCHING =
            new BatchingSettings(4, BatchingSettings.BY_HEAP, 5);

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
            List<BatchOutcome> lifted = harness.extractOutputValues();
            assertThat(lifted).hasSize(2);
            for (BatchOutcome batch : lifted) {
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
            assertThat(outcomes.get(0).estimated()).isNotNull();
            assertThat(outcomes.get(2).estimated()).isNotNull();
            assertThat(outcomes.get(1).rejection().reason())
                    .isEqualTo(RejectionReason.MODEL_UNAVAILABLE);
            assertThat(outcomes.get(1).rejection().detail()).contains("tiny-1.onnx");
        }
    }

    @ParameterizedTest
    @EnumSource(InputFraming.class)
    void aModelThatCannotBeOpenedIsNamedAsItsFrameNamesIt(InputFraming framing) throws Exception {
        List<Path> files = TinyModel.writeDistinct(folder, 2);
        Files.writeString(files.get(1), "Dear Sir or Madam");
        InputSettings input =
                new InputSettings(
                        InputFormat.LIFTSTREAM,
                        framing,
                        ValueSource.KEY,
                        ValueSource.RECORD,
                        "/image");
        SequencedFrame plain = frame(files.get(1), 0, 0);
        byte[] value = plain.frame().payload();
        CameraFrame sent =
                plain.frame()
                        .withPayload(
                                framing == InputFraming.CONFLUENT
                                        ? Records.framed(value, 0)
                                        : value);
        try (var harness = harness(new EstimateDepth(settings(files, input), BATCHING, null))) {
            harness.open();
            harness.processElement(
                    new StreamRecord<>(new FrameBatch(List.of(new SequencedFrame(0, sent)))));
            FrameRejection rejection =
                    harness.extractOutputValues().get(0).outcomes().get(0).rejection();
            assertThat(rejection.reason()).isEqualTo(RejectionReason.MODEL_UNAVAILABLE);
            assertThat(rejection.detail())
                    .startsWith(
                            "model_backend is "
                                    + CameraId.quoted(files.get(1).toString())
                                    + ": it cannot be used on this host");
        }
    }

    @Test
    void aFrameThatItsProcessDiedOfIsNotLiftedAgain() throws Exception {
        List<Path> files = TinyModel.writeDistinct(folder, 3);
        Path crashes = Files.createDirectory(folder.resolve("crashes"));
        try (var harness =
                harness(new EstimateDepth(settings(files), BATCHING, crashes.toUri().toString()))) {
            Path record =
                    crashes.resolve(
                            "liftstream-lifted-" + harness.getEnvironment().getJobID() + "-0");
            Files.writeString(record, "2 frames/0/1;\n1 frames/0/2;\n");
            harness.open();

            harness.processElement(new StreamRecord<>(batch(files)));

            List<FrameOutcome> outcomes = harness.extractOutputValues().get(0).outcomes();
            assertThat(outcomes.get(0).estimated()).isNotNull();
            assertThat(outcomes.get(1).rejection().reason()).isEqualTo(RejectionReason.POISON);
            assertThat(outcomes.get(2).estimated()).isNotNull();
            assertThat(record).hasContent("2 frames/0/1;\n2 frames/0/2;\n1 frames/0/0;\n");

            harness.notifyOfCompletedCheckpoint(1);
            harness.notifyOfCompletedCheckpoint(2);
            assertThat(record).isEmptyFile();
        }
        assertThat(crashes).isEmptyDirectory();
    }

    private String modelName(Path file) {
        return file.getFileName().toString().replace(".onnx", "");
    }

    private static List<String> models(BatchOutcome batch) {
        List<String> names = new ArrayList<>();
        for (FrameOutcome outcome : batch.outcomes()) {
            assertThat(outcome.rejection()).isNull();
            String backend = outcome.estimated().image().source().identity();
            names.add(backend.substring(0, backend.indexOf('@')));
        }
        return names;
    }

    private OneInputStreamOperatorTestHarness<FrameBatch, BatchOutcome> harness(List<Path> files)
            throws Exception {
        return harness(new EstimateDepth(settings(files), BATCHING, null));
    }

    private static OneInputStreamOperatorTestHarness<FrameBatch, BatchOutcome> harness(
            EstimateDepth operator) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new StreamMap<>(operator));
    }

    private EstimateSettings settings(List<Path> files) {
        return settings(files, InputSettings.LIFTSTREAM);
    }

    private EstimateSettings settings(List<Path> files, InputSettings input) {
        return new EstimateSettings(
                input,
                null,
                files.get(0).toString(),
                List.of(),
                List.of(folder.toString()),
                List.of(),
                ExecutionSettings.cpu(1),
                false,
                SIDE * SIDE,
                Grey16Range.auto(),
                LiftingDefaults.EMPTY,
                Map.of(),
                ResultSize.IMAGE,
                new ResultFormat(
                        DepthMapFormat.FLOAT32,
                        DepthImageFormat.PNG,
                        DistanceFormat.NONE,
                        1 << 20));
    }

    private static FrameBatch batch(List<Path> files) throws Exception {
        List<SequencedFrame> frames = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            frames.add(frame(files.get(i), i, 0));
        }
        return new FrameBatch(frames);
    }

    private static SequencedFrame frame(Path model, int sequence, long brokerTimeMillis)
            throws Exception {
        byte[] image = ImageEncoder.png(new RgbImage(SIDE, SIDE, new byte[3 * SIDE * SIDE]));
        var message =
                io.liftstream.proto.v1.CameraFrame.parseFrom(
                        FrameEncoder.encode("gate", sequence, sequence, image, null))
                        .toBuilder();
        message.getCommandBuilder().setModelBackend(model.toString());
        return new SequencedFrame(
                0,
                new CameraFrame(
                        "gate",
                        sequence,
                        sequence,
                        message.build().toByteArray(),
                        new Provenance("frames", 0, sequence, brokerTimeMillis)));
    }
}
