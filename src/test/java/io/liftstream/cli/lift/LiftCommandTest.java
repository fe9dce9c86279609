package io.liftstream.cli.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.files.PlyFile;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.BrightnessModel;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.lifting.PointCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiftCommandTest {
    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @Test
    void imagesWhoseFilesWouldOverwriteEachOtherAreRefusedBeforeAnythingIsLifted() {
        Path out = folder.resolve("lifted");

        int code =
                command.run(
                        "lift",
                        "a/1.jpg",
                        "a/2.jpg",
                        "b/1.jpg",
                        "c/1.jpg",
                        "--out",
                        out.toString());

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains("a/1.jpg and b/1.jpg would both be written to " + out.resolve("1.jpg"))
                .contains("a/1.jpg and c/1.jpg would both be written to")
                .contains("an --out of its own")
                .doesNotContain("lifted/2.jpg");
        assertThat(out).doesNotExist();
    }

    @Test
    void whatHasNoEffectIsSaidOnce() throws IOException {
        for (String name : new String[] {"1.png", "2.png"}) {
            Files.write(folder.resolve(name), LiftingFixture.png(64, 48));
        }

        int code =
                command.run(
                        "lift",
                        folder.resolve("1.png").toString(),
                        folder.resolve("2.png").toString(),
                        "--out=" + folder.resolve("lifted"),
                        "--depth-mapping=LINEAR",
                        "--far=3",
                        "--mesh-step=4",
                        "--provider=cpu");

        assertThat(code).as(command.complaints()).isZero();
        assertThat(command.complaints().lines())
                .containsOnlyOnce(
                        "--far has no effect: only the INVERSE mapping uses it, and this depth is"
                                + " LINEAR",
                        "--mesh-step has no effect: it is for --mesh");
    }

    @Test
    void filesThatAreMissingAreAllSaidBeforeAnyIsLifted() throws IOException {
        Path there = Files.write(folder.resolve("there.png"), LiftingFixture.png(4, 4));
        Path out = folder.resolve("lifted");

        int code =
                command.run(
                        "lift", "a/1.jpg", there.toString(), "b/2.jpg", "--out", out.toString());

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains("a/1.jpg: there is no such file or folder")
                .contains("b/2.jpg: there is no such file or folder")
                .doesNotContain("URI");
        assertThat(out).doesNotExist();
    }

    @Test
    void anImageThatCannotBeLiftedIsNamedOnceAndIsAMistakeWhereNoneCan() throws IOException {
        Path good = Files.write(folder.resolve("good.png"), LiftingFixture.png(4, 4));
        byte[] whole = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length - 20));
        Path notes = Files.writeString(folder.resolve("notes.txt"), "no picture");
        String out = folder.resolve("out").toString();

        assertThat(command.run("lift", cut.toString(), notes.toString(), "--out", out))
                .isEqualTo(2);
        assertThat(command.complaints().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(cut + ": ").doesNotContain("bytes"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                notes
                                                        + ": it does not begin like a JPEG, PNG, WebP,"
                                                        + " BMP, TIFF or GIF; give one of these"));
        assertThat(command.run("lift", cut.toString(), good.toString(), "--out", out))
                .as("results are missing")
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "--fx, -5, --fx is -5: must be positive",
        "--fy, 0, --fy is 0: must be positive",
        "--cx, NaN, --cx is NaN: must be between -1000000000",
        "--near, 20, '--near is 20: must be less than far, which is 10 m'",
        "--depth-scale, -1, --depth-scale is -1: must be positive",
        "--depth-trunc, 0, --depth-trunc is 0: must be positive",
        "--model, nowhere, '--model is nowhere: there is no model or file of this name; give a model file (.onnx, .pth'",
        "--model, nowhere.onnx, --model is nowhere.onnx: there is no such file; give",
        "--model, nowhere.pth, --model is nowhere.pth: there is no such file; give",
        "--model, /tmp, --model is /tmp: it is a folder; give a model file",
        "--catalogue, nowhere.yaml, --catalogue nowhere.yaml: there is no such file",
        "--html, nowhere/page.html, --html nowhere/page.html: there is no folder",
        "--out, /dev/null, --out /dev/null",
        "--depth, nowhere.npy, --depth nowhere.npy: there is no such file",
        "--depth-mapping, sideways, sideways",
    })
    void whatTheUserCanMendIsRefusedOnceByItsOptionWithTheUsageCode(
            String option, String value, String complaint) throws IOException {
        Path first = Files.write(folder.resolve("a.png"), LiftingFixture.png(4, 4));
        Path second = Files.write(folder.resolve("b.png"), LiftingFixture.png(4, 4));
        List<String> words = new ArrayList<>(List.of("lift", first.toString(), second.toString()));
        words.addAll(List.of(option, value));
        if (!option.equals("--out")) {
            words.addAll(List.of("--out", folder.resolve("out").toString()));
        }

        int code = command.run(words.toArray(String[]::new));

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains(complaint)
                .doesNotContain("advanced_config")
                .doesNotContain("model_backend")
                .doesNotContain("java.");
        assertThat(command.output()).isEmpty();
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aFolderForResultsThatWasThereAlreadyStaysWhenNothingIsLifted() throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));
        Path below = made.resolve("a/b");

        command.run("lift", "nowhere.jpg", "--out", below.toString());

        assertThat(made).isEmptyDirectory();
    }

    @Test
    void aModelOfTheCatalogueWhoseFileIsGoneIsNamedAsTyped() throws IOException {
        Path image = Files.write(folder.resolve("a.png"), LiftingFixture.png(4, 4));
        Path catalogue =
                Files.writeString(
                        folder.resolve("models.yaml"),
                        """
                        default: mine
                        models:
                          mine:
                            source: gone.onnx
                        """);
        List<String> words =
                List.of(
                        "lift",
                        image.toString(),
                        "--out",
                        folder.resolve("out").toString(),
                        "--catalogue",
                        catalogue.toString());

        assertThat(command.run(words.toArray(String[]::new))).isEqualTo(2);
        assertThat(command.complaints()).contains("the default model is ").contains("gone.onnx");

        List<String> named = new ArrayList<>(words);
        named.addAll(List.of("--model", "mine"));
        assertThat(command.run(named.toArray(String[]::new))).isEqualTo(2);
        assertThat(command.complaints()).contains("--model mine is ").contains("gone.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "nowhere.onnx", "nowhere.pth"})
    void aModelThatDoesNotExistIsTheUsersToMend(String model) {
        assertThat(command.run("model", "inspect", model)).isEqualTo(2);
        assertThat(command.complaints()).contains(model).doesNotContain("java.");
    }

    @Test
    void foldersAreLiftedInTheOrderOfTheirNamesEachWithAPictureOfItsDepth() throws IOException {
        Path photos = Files.createDirectory(folder.resolve("photos"));
        for (String name : List.of("b.png", "a.png")) {
            Files.write(photos.resolve(name), LiftingFixture.png(56, 28));
        }
        Files.writeString(photos.resolve("notes.txt"), "no image");
        Path catalogue = BrightnessModel.write(folder, "output: inverse-relative");
        Path out = folder.resolve("out");

        int code =
                command.run(
                        "lift",
                        photos.toString(),
                        "--out",
                        out.toString(),
                        "--catalogue",
                        catalogue.toString());

        assertThat(code).as(command.complaints()).isZero();
        assertThat(command.output().lines().map(line -> line.replaceFirst("\\.png.*", "")))
                .containsExactly(
                        "{\"input\":\"" + photos.resolve("a"),
                        "{\"input\":\"" + photos.resolve("b"));
        RgbImage picture =
                new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                        .decode(Files.readAllBytes(out.resolve("a.png.depth.jpg")));
        assertThat(picture.width()).isEqualTo(56);
        assertThat(picture.height()).isEqualTo(28);
    }

    @Test
    void resultsAreNotWrittenAmongTheImagesOfAFolder() throws IOException {
        Files.write(folder.resolve("a.png"), LiftingFixture.png(4, 4));

        assertThat(command.run("lift", folder.toString(), "--out", folder.toString())).isEqualTo(2);
        assertThat(command.complaints()).contains("is the images' own folder");
    }

    @Test
    void theLineOfAnImageSaysWhatItsNumbersRestOn() throws IOException {
        Path image = Files.write(folder.resolve("a.png"), LiftingFixture.png(56, 28));
        Path catalogue = BrightnessModel.write(folder, "output: inverse-relative");

        int code =
                command.run(
                        "lift",
                        image.toString(),
                        "--out",
                        folder.resolve("out").toString(),
                        "--catalogue",
                        catalogue.toString(),
                        "--point-cloud",
                        "--axes",
                        "opengl");

        assertThat(code).as(command.complaints()).isZero();
        JsonNode line = new ObjectMapper().readTree(command.output());
        assertThat(line.get("metric").asBoolean()).isFalse();
        assertThat(line.get("depth_mapping").asText()).isEqualTo("INVERSE");
        assertThat(line.get("axes").asText()).isEqualTo("OPENGL");
        JsonNode intrinsics = line.get("intrinsics");
        assertThat(intrinsics.get("fx")).isEqualTo(intrinsics.get("fy"));
        assertThat(intrinsics.get("cx").asDouble()).isEqualTo(27.5);
        assertThat(intrinsics.get("source").asText()).isEqualTo("SCALED_DEFAULT");
        assertThat(line.get("depth_to_metres").get("far").asDouble()).isEqualTo(10);
        assertThat(line.get("depth_to_metres").get("range_hi").floatValue())
                .isEqualTo(line.get("max_depth").floatValue());
        assertThat(line.get("backend_used").asText()).matches("[\\w.-]+@[0-9a-f]{64}");
        assertThat(line.get("files"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(filesIn(folder.resolve("out")));
        JsonNode dropped = line.get("dropped");
        assertThat(dropped.get("holes").asInt()).isZero();
        assertThat(dropped.get("range").asInt() + line.get("points").asInt()).isEqualTo(56 * 28);
    }

    @Test
    void aMetricModelThatStatesItsLargestDistanceKeepsWhatItSees() throws IOException {
        // Grey 51 is 5 units of 10 m.
        Path image =
                Files.write(
                        folder.resolve("a.png"), LiftingFixture.png(56, 28, (x, y) -> 0x333333));
        Path catalogue =
                BrightnessModel.write(folder, "output: metric", "unit-factor: 10", "max-depth: 80");

        int code =
                command.run(
                        "lift",
                        image.toString(),
                        "--out",
                        folder.resolve("out").toString(),
                        "--catalogue",
                        catalogue.toString(),
                        "--point-cloud");

        assertThat(code).as(command.complaints()).isZero();
        PointCloud cloud = PlyFile.read(folder.resolve("out/a.png.ply"));
        assertThat(cloud.count()).isEqualTo(56 * 28);
        assertThat(cloud.z(0)).isEqualTo(50f, within(1e-3f));
    }

    @Test
    void aModelThatIsTextIsNamedAsItWasTyped() throws IOException {
        Path image = Files.write(folder.resolve("a.png"), LiftingFixture.png(56, 28));
        Path text = Files.writeString(folder.resolve("text.pth"), "no checkpoint");

        int code =
                command.run(
                        "lift",
                        image.toString(),
                        "--model",
                        text.toString(),
                        "--out",
                        folder.resolve("out").toString());

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints().lines())
                .singleElement()
                .asString()
                .isEqualTo(
                        "--model is "
                                + text
                                + ": this is not a PyTorch checkpoint or a safetensors file, it looks"
                                + " like text; give the model file as it was published");
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList();
        }
    }
}
