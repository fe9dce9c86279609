package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.image.InputSize;
import io.liftstream.image.RgbImage;
import io.liftstream.image.Tensorizer;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bundled model on held-out rendered scenes. The figures beside each family were measured when
 * the weights were committed; the model card has those of the larger set.
 */
class BundledModelAccuracyITCase {
    /** Held out: training uses seeds below 1000. */
    private static final long SEED = 2001;

    private static final int SCENES = 60;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 192;

    private static final Map<SceneFamily, List<RenderedFrame>> FRAMES =
            new EnumMap<>(SceneFamily.class);
    private static final Map<SceneFamily, List<float[]>> ESTIMATES =
            new EnumMap<>(SceneFamily.class);

    private static DepthNetwork network;
    private static PictureBlindBaselines baselines;

    @BeforeAll
    static void open() throws Exception {
        Path file =
                Path.of(
                        SceneFamily.class
                                .getResource("/io/liftstream/models/liftstream-tiny.onnx")
                                .toURI());
        // Nothing declared: the file's own metadata must be enough.
        network = DepthNetwork.open(file, DeclaredFacts.NOTHING, ExecutionSettings.cpu(1));
        baselines = PictureBlindBaselines.learn(WIDTH, HEIGHT);
    }

    @AfterAll
    static void close() {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void theFileTellsItsOwnInputSize() {
        assertThat(network.facts().inputSize().sizeFor(1000, 700))
                .isEqualTo(new InputSize(HEIGHT, WIDTH));
    }

    @ParameterizedTest
    @CsvSource({
        "ROOM, 0.150",
        "OUTDOOR, 0.202",
        "CLUTTER, 0.246",
        "CORRIDOR, 0.226",
        "FURNITURE, 0.177"
    })
    void absRelIsNoMoreThanATenthAboveWhatWasMeasured(SceneFamily family, double measured) {
        double absRel = absRel(family, 0);
        double blind = baselines.bestAbsRel(frames(family));
        System.out.printf(
                "%s AbsRel %.4f, best picture-blind baseline %.4f, ratio %.3f%n",
                family, absRel, blind, absRel / blind);

        assertThat(absRel).isLessThan(1.1 * measured);
        assertThat(absRel).isLessThan((family.trained() ? 0.75 : 0.85) * blind);
    }

    @ParameterizedTest
    @EnumSource
    void givenAnotherPictureItIsNoBetterThanTheBaselines(SceneFamily family) {
        double blind = baselines.bestAbsRel(frames(family));

        // One other picture may happen to look alike, so each is tried with eight.
        double wrong =
                IntStream.rangeClosed(1, 8)
                        .mapToDouble(n -> absRel(family, n))
                        .average()
                        .orElseThrow();
        System.out.printf("%s wrong picture, ratio %.3f%n", family, wrong / blind);
        assertThat(wrong).isGreaterThan(0.95 * blind);
    }

    private static List<RenderedFrame> frames(SceneFamily family) {
        return FRAMES.computeIfAbsent(
                family,
                any ->
                        IntStream.range(0, SCENES)
                                .mapToObj(
                                        index ->
                                                RenderedCamera.of(
                                                                SEED, index, family, WIDTH, HEIGHT)
                                                        .frame(0))
                                .toList());
    }

    /** Mean AbsRel when each picture is judged by the estimate for the one so many places later. */
    private static double absRel(SceneFamily family, int later) {
        List<RenderedFrame> frames = frames(family);
        List<float[]> estimates =
                ESTIMATES.computeIfAbsent(
                        family,
                        any -> frames.stream().map(BundledModelAccuracyITCase::estimate).toList());
        return IntStream.range(0, SCENES)
                .mapToDouble(
                        i ->
                                DepthAccuracy.of(
                                                estimates.get((i + later) % SCENES),
                                                frames.get(i).depthMetres())
                                        .absoluteRelativeError())
                .average()
                .orElseThrow();
    }

    private static float[] estimate(RenderedFrame frame) {
        FloatBuffer tensor =
                ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        new Tensorizer()
                .write(
                        new RgbImage(WIDTH, HEIGHT, frame.rgb()),
                        new InputSize(HEIGHT, WIDTH),
                        network.facts().tensorFormat(),
                        tensor);
        return network.run(tensor.flip(), 1, HEIGHT, WIDTH).values();
    }
}
