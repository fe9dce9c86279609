package io.liftstream.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.checkpoint.CheckpointFamily;
import io.liftstream.model.checkpoint.CheckpointKind;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FileHash;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {
    @TempDir private Path folder;

    @Test
    void namesTheBundledModelAndThePublishedOnes() {
        ModelCatalogue catalogue = ModelCatalogue.bundled();
        assertThat(catalogue.entries())
                .extracting(CatalogueEntry::name)
                .containsExactly(
                        "liftstream-tiny",
                        "depth-anything-v2-small",
                        "depth-anything-v2-base",
                        "depth-anything-v2-large",
                        "depth-anything-v2-metric-indoor-small",
                        "depth-anything-v2-metric-outdoor-small");
        assertThat(catalogue.entries()).allMatch(entry -> entry.sha256() != null);
        assertThat(catalogue.defaultModel()).isEqualTo("liftstream-tiny");
    }

    @Test
    void marksTheLicencesThatForbidCommercialUse() {
        assertThat(ModelCatalogue.bundled().entries())
                .filteredOn(entry -> !entry.commercialUse())
                .extracting(CatalogueEntry::name)
                .containsExactly("depth-anything-v2-base", "depth-anything-v2-large");
    }

    @Test
    void bundlesTheVeryFileThatItsHashNames() throws IOException {
        CatalogueEntry tiny = ModelCatalogue.bundled().find("liftstream-tiny").orElseThrow();
        String resource = tiny.source().substring("resource:".length());
        try (InputStream in = ModelCatalogue.class.getResourceAsStream(resource)) {
            byte[] hash = FileHash.newSha256().digest(in.readAllBytes());
            assertThat(tiny.sha256())
                    .as("sha256 of liftstream-tiny in conf/models.yaml")
                    .isEqualTo(HexFormat.of().formatHex(hash));
        }
    }

    @Test
    void opensTheBundledModelWithoutAnyFile() {
        CatalogueEntry tiny = ModelCatalogue.bundled().find("liftstream-tiny").orElseThrow();
        try (DepthModels models =
                new DepthModels(
                        ModelCatalogue.bundled(),
                        new ModelStore(folder),
                        ExecutionSettings.cpu(1),
                        "liftstream-tiny")) {
            ModelFacts facts = models.keepOpen(null).facts();
            assertThat(facts.inputSize()).isEqualTo(new InputSizeRule.Fixed(192, 256));
            assertThat(facts.defaultMapping()).isEqualTo(DepthMapping.INVERSE);
            assertThat(facts.backendUsed()).isEqualTo("liftstream-tiny@" + tiny.sha256());
        }
    }

    @Test
    void readsEveryKeyOfAnEntry() throws IOException {
        CatalogueEntry entry =
                read("""
                                default: one
                                models:
                                  one:
                                    source: sub/one.onnx
                                    sha256: %s
                                    licence: MIT
                                    commercial-use: false
                                    input-size: aspect:392:14
                                    layout: NCHW
                                    color: RGB
                                    range: 0..1
                                    mean: 0, 0, 0
                                    std: 1, 1, 1
                                    output: metric
                                    unit-factor: 0.01
                                    mapping: METRIC
                                    family: depth-anything-v2
                                    taps: 0, 3, 7, 11
                                    max-depth: 80
                                    tensors: state_dict_ema
                                    precision: float16-weights
                                """
                                .formatted("ab".repeat(32)))
                        .find("one")
                        .orElseThrow();
        assertThat(entry.source()).isEqualTo(folder.resolve("sub/one.onnx").toString());
        assertThat(entry.sha256()).isEqualTo("ab".repeat(32));
        assertThat(entry.commercialUse()).isFalse();
        assertThat(entry.facts())
                .isEqualTo(
                        new DeclaredFacts(
                                "one",
                                "MIT",
                                new InputSizeRule.AspectPreserving(392, 14),
                                new TensorFormat(new float[3], new float[] {1, 1, 1}),
                                OutputMeaning.METRIC,
                                0.01,
                                80.0,
                                DepthMapping.METRIC));
        assertThat(entry.conversion().kind().complete())
                .contains(
                        new CheckpointKind(
                                CheckpointFamily.DEPTH_ANYTHING_V2,
                                List.of(0, 3, 7, 11),
                                OutputMeaning.METRIC,
                                80));
        assertThat(entry.conversion().tensors()).isEqualTo("state_dict_ema");
        assertThat(entry.conversion().precision().name()).isEqualTo("FLOAT16_WEIGHTS");
    }

    @Test
    void refusesAKeyThatDoesNotExist() {
        assertRefused("source: a.onnx, licnece: MIT", "licnece");
    }

    @Test
    void refusesALayoutThatNobodyImplements() {
        assertRefused("source: a.onnx, layout: NHWC", "layout is NHWC");
    }

    @Test
    void refusesAnInputSizeThatIsNone() {
        assertRefused("source: a.onnx, input-size: large", "input_size is large");
    }

    @Test
    void refusesAStandardDeviationOfZero() {
        assertRefused("source: a.onnx, mean: '0,0,0', std: '0,1,1'", "std");
    }

    @Test
    void refusesAMeanWithoutAStandardDeviation() {
        assertRefused("source: a.onnx, mean: '0,0,0'", "both or neither");
    }

    @Test
    void refusesAHashThatIsNone() {
        assertRefused("source: a.onnx, sha256: abc", "sha256 is abc");
    }

    @Test
    void refusesADefaultThatIsNotListed() {
        assertThatThrownBy(() -> read("default: two\nmodels:\n  one: {source: a.onnx}\n"))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("two")
                .hasMessageContaining("[one]");
    }

    private void assertRefused(String entry, String because) {
        assertThatThrownBy(() -> read("default: one\nmodels:\n  one: {" + entry + "}\n"))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining(because);
    }

    private ModelCatalogue read(String yaml) throws IOException {
        return ModelCatalogue.read(Files.writeString(folder.resolve("models.yaml"), yaml));
    }
}
