package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.facts.FileHash;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import io.liftstream.model.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepthModelsTest {
    private static final Path CHECKPOINT = Path.of("src/test/resources/davit/metric64.pth");

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
    void opensACheckpointByItsPath() throws IOException {
        String published = "depth_anything_v2_vits.pth";
        Path checkpoint = Files.copy(CHECKPOINT, folder.resolve(published));
        try (DepthModels models = models(catalogue("fixed:70x98"), checkpoint.toString())) {
            ModelFacts facts = models.keepOpen(null).facts();
            assertThat(facts.name()).isEqualTo("depth_anything_v2_vits");
            assertThat(facts.inputSize()).isEqualTo(new InputSizeRule.AspectPreserving(518, 14));
            assertThat(facts.output()).isEqualTo(OutputMeaning.INVERSE_RELATIVE);
            assertThat(facts.file())
                    .hasFileName(
                            "depth-anything-v2-inverse-relative-aspect-518-14-float32-fused-v2.onnx");
            assertThat(facts.sha256()).isEqualTo(FileHash.sha256(facts.file()));
        }
    }

    @Test
    void asksWhatACheckpointComputes() throws IOException {
        Path checkpoint = Files.copy(CHECKPOINT, folder.resolve("my own.pth"));
        try (DepthModels models = models(catalogue("fixed:70x98"), checkpoint.toString())) {
            assertThatThrownBy(() -> models.keepOpen(null))
                    .isInstanceOf(LiftingException.class)
                    .hasMessageStartingWith(
                            "model my own.pth: the file does not say what it computes")
                    .hasMessageContaining("(family, output)")
                    .hasMessageContaining("conf/models.yaml");
        }
    }

    @Test
    void opensACataloguedMetricCheckpointAtItsOwnSize() throws IOException {
        try (DepthModels models = models(catalogue("fixed:70x98"), "own")) {
            DepthNetwork network = models.keepOpen("own");
            assertThat(network.facts().name()).isEqualTo("own");
            assertThat(network.facts().licence()).isEqualTo("MIT");
            assertThat(network.facts().inputSize()).isEqualTo(new InputSizeRule.Fixed(70, 98));
            assertThat(network.facts().defaultMapping()).isEqualTo(DepthMapping.METRIC);
            assertThat(network).isSameAs(models.keepOpen(null));
        }
    }

    @Test
    void convertsACheckpointOnce() throws IOException {
        ModelCatalogue catalogue = catalogue("fixed:70x98");
        Path converted;
        try (DepthModels models = models(catalogue, "own")) {
            converted = models.keepOpen(null).facts().file();
        }
        FileTime madeAt = Files.getLastModifiedTime(converted);
        try (DepthModels models = models(catalogue, "own")) {
            assertThat(models.keepOpen(null).facts().file()).isEqualTo(converted);
        }
        assertThat(Files.getLastModifiedTime(converted)).isEqualTo(madeAt);
    }

    @Test
    void givesEqualFilesForEqualCheckpointsAndOptions() throws IOException {
        ModelCatalogue catalogue = catalogue("fixed:70x98");
        String first;
        try (DepthModels models = models(catalogue, "own")) {
            first = models.keepOpen(null).facts().sha256();
            Files.delete(models.keepOpen(null).facts().file());
        }
        try (DepthModels models = models(catalogue, "own")) {
            assertThat(models.keepOpen(null).facts().sha256()).isEqualTo(first);
        }
    }

    @Test
    void opensEachModelOnceAndClosesAllOnce() throws IOException {
        DepthModels models = models(catalogue("fixed:70x98"), "own");
        DepthNetwork own = models.keepOpen("own");
        models.keepOpen("wide");
        assertThat(models.keepOpen("own")).isSameAs(own);
        assertThat(DepthNetwork.openSessions()).isEqualTo(openBefore + 2);
        models.close();
        models.close();
        assertThatThrownBy(() -> models.keepOpen("own")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(own::warmUp).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opensMoreFilesOneAfterAnotherThanMayBeOpenAtATime() throws IOException {
        List<Path> files = TinyModel.writeDistinct(folder, DepthModels.MAX_OPEN + 4);
        try (DepthModels models = models(catalogue("fixed:70x98"), "own")) {
            DepthNetwork own = models.keepOpen(null);
            for (int round = 0; round < 2; round++) {
                for (Path file : files) {
                    try (NetworkLease lease = models.lend(file.toString())) {
                        assertThat(lease.network().facts().file()).isEqualTo(file);
                        ((DepthNetwork) lease.network()).warmUp();
                    }
                    assertThat(DepthNetwork.openSessions() - openBefore)
                            .isLessThanOrEqualTo(DepthModels.MAX_OPEN);
                }
            }
            assertThat(DepthNetwork.openSessions() - openBefore).isEqualTo(DepthModels.MAX_OPEN);
            own.warmUp();
        }
    }

    @Test
    void aLentNetworkRunsHoweverManyOthersAreAskedForMeanwhile() throws IOException {
        List<Path> files = TinyModel.writeDistinct(folder, DepthModels.MAX_OPEN + 4);
        try (DepthModels models = models(catalogue("fixed:70x98"), "own")) {
            NetworkLease first = models.lend(files.get(0).toString());
            for (Path file : files.subList(1, files.size())) {
                models.lend(file.toString()).close();
            }
            ((DepthNetwork) first.network()).warmUp();
            first.close();
            first.close();
            for (Path file : files.subList(1, files.size())) {
                models.lend(file.toString()).close();
            }
            assertThatThrownBy(((DepthNetwork) first.network())::warmUp)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void theDefaultModelStaysOpenOnceItWasLent() throws IOException {
        List<Path> files = TinyModel.writeDistinct(folder, DepthModels.MAX_OPEN + 4);
        try (DepthModels models = models(catalogue("fixed:70x98"), "own")) {
            NetworkLease lease = models.lend(null);
            lease.close();
            for (Path file : files) {
                models.lend(file.toString()).close();
            }
            ((DepthNetwork) lease.network()).warmUp();
        }
    }

    @Test
    void namesTheKnownModelsWhenThereIsNoSuchModel() throws IOException {
        try (DepthModels models = models(catalogue("fixed:70x98"), "own")) {
            assertThatThrownBy(() -> models.keepOpen("nosuch"))
                    .isInstanceOf(LiftingException.class)
                    .hasMessageContaining("nosuch")
                    .hasMessageContaining("one of: own, wide");
        }
    }

    @Test
    void refusesAnAddressWithoutEncryption() throws IOException {
        try (DepthModels models = models(catalogue("fixed:70x98"), "own")) {
            assertThatThrownBy(() -> models.keepOpen("http://localhost/model.onnx"))
                    .isInstanceOf(LiftingException.class)
                    .hasMessageContaining("https://");
        }
    }

    @Test
    void refusesAFileWithAnotherHashThanTheCatalogueSays() throws IOException {
        ModelCatalogue catalogue =
                write("  own: {source: own.pth, sha256: " + "0".repeat(64) + "}\n");
        try (DepthModels models = models(catalogue, "own")) {
            assertThatThrownBy(() -> models.keepOpen(null))
                    .isInstanceOf(LiftingException.class)
                    .hasMessageContaining("its sha256 is " + FileHash.sha256(CHECKPOINT))
                    .hasMessageContaining("must be 000");
        }
    }

    @Test
    void refusesAMetricCheckpointWithoutItsLargestDepth() throws IOException {
        ModelCatalogue catalogue = write("  own: {source: own.pth, output: metric}\n");
        try (DepthModels models = models(catalogue, "own")) {
            assertThatThrownBy(() -> models.keepOpen(null))
                    .isInstanceOf(LiftingException.class)
                    .hasMessageContaining("max-depth");
        }
    }

    @Test
    void leavesNoPartOfAFailedConversion() throws IOException {
        Path damaged = folder.resolve("depth_anything_v2_vits.pth");
        Files.write(damaged, new byte[] {'P', 'K', 3, 4, 5, 6});
        try (DepthModels models = models(catalogue("fixed:70x98"), damaged.toString())) {
            assertThatThrownBy(() -> models.keepOpen(null)).isInstanceOf(LiftingException.class);
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache/partial"))) {
            assertThat(left).isEmpty();
        }
    }

    private DepthModels models(ModelCatalogue catalogue, String defaultModel) {
        ModelStore store = new ModelStore(folder.resolve("cache"));
        return new DepthModels(catalogue, store, ExecutionSettings.cpu(1), defaultModel);
    }

    private ModelCatalogue catalogue(String size) throws IOException {
        String shared =
                "source: own.pth, licence: MIT, output: metric, unit-factor: 1, max-depth: 20";
        return write(
                "  own: {"
                        + shared
                        + ", input-size: '"
                        + size
                        + "'}\n"
                        + "  wide: {"
                        + shared
                        + ", input-size: 'fixed:42x140'}\n");
    }

    private ModelCatalogue write(String entries) throws IOException {
        Files.copy(CHECKPOINT, folder.resolve("own.pth"), StandardCopyOption.REPLACE_EXISTING);
        Path yaml = folder.resolve("models.yaml");
        Files.write(yaml, List.of("default: own", "models:", entries));
        return ModelCatalogue.read(yaml);
    }
}
