package io.liftstream.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedModelsTest {
    @TempDir private Path folder;
    private Path root;
    private Path images;
    private Path inside;
    private Path outside;
    private AllowedModels allowed;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        inside = Files.createFile(root.resolve("inside.onnx"));
        outside = Files.createFile(folder.resolve("outside.onnx"));
        Path missing = folder.resolve("not-there");
        images = Files.createDirectory(folder.resolve("images"));
        allowed =
                new AllowedModels(
                        List.of("tiny", "https://a.b/c.pth"),
                        List.of(missing, root),
                        List.of(images));
    }

    @Test
    void letsListedNamesAndAddressesPass() {
        assertThat(allowed.resolveModel("tiny")).isEqualTo("tiny");
        assertThat(allowed.resolveModel("https://a.b/c.pth")).isEqualTo("https://a.b/c.pth");
    }

    @Test
    void letsAModelBelowARootPassByItsRealPath() throws IOException {
        assertThat(allowed.resolveModel(root.resolve("../root/inside.onnx").toString()))
                .isEqualTo(inside.toRealPath().toString());
    }

    @Test
    void refusesNamesAndAddressesThatAreNotListed() {
        assertRefused("large", RejectionReason.MODEL_NOT_ALLOWED);
        assertRefused("https://a.b/d.pth", RejectionReason.MODEL_NOT_ALLOWED);
        assertRefused("https://a.b/d.onnx", RejectionReason.MODEL_NOT_ALLOWED);
    }

    @Test
    void refusesToConvertWhatIsNotListedEvenBelowARoot() throws IOException {
        Path checkpoint = Files.createFile(root.resolve("inside.pth"));
        assertRefused(checkpoint.toString(), RejectionReason.MODEL_NOT_ALLOWED);
    }

    @Test
    void refusesAFileOutsideTheRoots() {
        assertRefused(outside.toString(), RejectionReason.PATH_NOT_ALLOWED);
        assertRefused(root + "/../outside.onnx", RejectionReason.PATH_NOT_ALLOWED);
    }

    @Test
    void refusesALinkThatLeadsOutOfTheRoots() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link.onnx"), outside);
        assertRefused(link.toString(), RejectionReason.PATH_NOT_ALLOWED);
    }

    @Test
    void saysTheSameOfAFileThatIsAbsentAndOneThatIsForbidden() {
        String absent = refusal(folder.resolve("absent.onnx").toString()).getMessage();
        String forbidden = refusal(outside.toString()).getMessage();
        assertThat(absent.replace("absent", "outside")).isEqualTo(forbidden);
    }

    @Test
    void refusesAPathThatNoFileSystemKnows() {
        assertRefused("a\0b.onnx", RejectionReason.PATH_NOT_ALLOWED);
    }

    @Test
    void allowsNothingWithoutRoots() {
        AllowedModels strict = new AllowedModels(List.of(), List.of(), List.of());
        assertThatThrownBy(() -> strict.readImage(inside.toString()))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("image_path");
        assertThatThrownBy(() -> strict.resolveModel(inside.toString()))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("models.allowed-roots");
    }

    @Test
    void whoMayNameAnImageMayNotNameANetworkBesideIt() throws IOException {
        Path network = Files.createFile(images.resolve("uploaded.onnx"));
        assertThat(allowed.readImage(network.toString())).isEmpty();
        assertRefused(network.toString(), RejectionReason.PATH_NOT_ALLOWED);
        assertThatThrownBy(() -> allowed.readImage(inside.toString()))
                .hasMessageContaining("below one of paths.allowed-roots");
    }

    @Test
    void namesNoPathOfThisHostToASender() throws IOException {
        AllowedModels own =
                new AllowedModels(
                        List.of("tiny", "/opt/models/secret.onnx"), List.of(), List.of(root));
        assertThatThrownBy(() -> own.resolveModel("large"))
                .hasMessageContaining("[tiny]")
                .hasMessageNotContaining("/opt/models");
        Path pipe = Files.createDirectory(root.resolve("folder.png"));
        Path link = Files.createSymbolicLink(root.resolve("link.png"), pipe);
        assertThatThrownBy(() -> own.readImage(link.toString()))
                .hasMessageContaining("link.png")
                .hasMessageNotContaining("folder.png");
    }

    private void assertRefused(String model, RejectionReason reason) {
        assertThat(refusal(model).reason()).isEqualTo(reason);
    }

    private LiftingException refusal(String model) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                LiftingException.class, () -> allowed.resolveModel(model));
    }
}
