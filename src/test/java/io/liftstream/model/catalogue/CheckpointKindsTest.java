package io.liftstream.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import io.liftstream.model.checkpoint.CheckpointFamily;
import io.liftstream.model.checkpoint.CheckpointKind;
import io.liftstream.model.checkpoint.StatedKind;
import io.liftstream.model.facts.OutputMeaning;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointKindsTest {
    private static final String RELATIVE = "depth_anything_v2_vits.pth";

    @ParameterizedTest
    @CsvSource({
        "depth_anything_vits14.pth, depth-anything-v1, 0",
        "depth_anything_vitl14.safetensors, depth-anything-v1, 0",
        "Depth_Anything_V2_ViTB.pth, depth-anything-v2, 0",
        "depth_anything_v2_metric_hypersim_vitl.pth, depth-anything-v2, 20",
        "depth_anything_v2_metric_vkitti_vits.pth, depth-anything-v2, 80"
    })
    void knowsThePublishedNames(String name, String family, double metres) {
        CheckpointKind kind =
                kinds().find(name, "0".repeat(64), StatedKind.NOTHING).orElseThrow().kind();
        assertThat(kind.family().text()).isEqualTo(family);
        assertThat(kind.maxDepth()).isEqualTo(metres);
    }

    @ParameterizedTest
    @CsvSource({
        "b782898d8a3e8be1f639de33837ed85e9b4b73e40f8f5e5cd99067588d722545, 20",
        "9203e538d35255c90dda4b7fedb47ff33fe725497bcca3b1e53b3a65ee63f0cb, 80",
        "715fade13be8f229f8a70cc02066f656f2423a59effd0579197bbf57860e1378, 0"
    })
    void knowsThePublishedContentsAndRefusesToReadThemOtherwise(String sha256, double metres) {
        assertThat(
                        kinds().find("x.pth", sha256, StatedKind.NOTHING)
                                .orElseThrow()
                                .kind()
                                .maxDepth())
                .isEqualTo(metres);
        StatedKind other = new StatedKind(null, null, null, 7.0);
        assertThatThrownBy(() -> kinds().find("x.pth", sha256, other))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("its sha256 is that of a checkpoint that computes");
    }

    @ParameterizedTest
    @MethodSource("statements")
    void takesWhatIsStatedBeforeAName(StatedKind stated, CheckpointKind expected) {
        assertThat(kinds().find(RELATIVE, "0".repeat(64), stated).orElseThrow().kind())
                .isEqualTo(expected);
    }

    static Stream<Arguments> statements() {
        CheckpointFamily v1 = CheckpointFamily.DEPTH_ANYTHING_V1;
        List<Integer> taps = List.of(0, 2, 4, 7);
        return Stream.of(
                Arguments.of(new StatedKind(null, null, null, 80.0), CheckpointKind.metric(80)),
                Arguments.of(
                        new StatedKind(v1, null, OutputMeaning.INVERSE_RELATIVE, null),
                        CheckpointKind.relative(v1)),
                Arguments.of(
                        new StatedKind(null, taps, null, null),
                        new CheckpointKind(
                                CheckpointFamily.DEPTH_ANYTHING_V2,
                                taps,
                                OutputMeaning.INVERSE_RELATIVE,
                                0)));
    }

    private static CheckpointKinds kinds() {
        return new CheckpointKinds(ModelCatalogue.bundled());
    }
}
