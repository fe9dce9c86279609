package io.liftstream.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import io.liftstream.model.facts.FileHash;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ModelCommandTest {
    private static final String CHECKPOINT = "src/test/resources/davit/metric64.pth";

    @TempDir private Path folder;
    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void forgetOutput() {
        out = new StringWriter();
        err = new StringWriter();
    }

    @Test
    void checkTellsHowFarADeviceIsFromTheCpuAndHowFastItIs() {
        int code =
                run("check", "liftstream-tiny", "--provider=cpu", "--batches=1,2", "--seconds=0.1");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"provider\":\"CPU\""))
                .allMatch(line -> line.contains("\"input\":\"192x256\""))
                .allMatch(line -> line.contains("\"frames_per_second\":"));
        assertThat(run("check", "liftstream-tiny", "--provider=cpu", "--tolerance=-1")).isOne();
    }

    @Test
    void listsTheBundledCatalogueWithLicences() {
        assertThat(run("list")).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("\\* liftstream-tiny +Apache-2.0 +bundled *"))
                .anyMatch(
                        line ->
                                line.matches(
                                        " +depth-anything-v2-large +CC-BY-NC-4.0 +not downloaded"
                                                + " +no commercial use"));
    }

    @Test
    void convertsACheckpointAndInspectsTheResult() throws IOException {
        Path target = folder.resolve("own.onnx");
        assertThat(
                        run(
                                "convert",
                                CHECKPOINT,
                                target.toString(),
                                "--metric",
                                "20",
                                "--input-size",
                                "fixed:70x98",
                                "--precision",
                                "FLOAT16_WEIGHTS"))
                .isZero();
        assertThat(Files.size(target)).isLessThan(900_000);
        assertThat(run("inspect", target.toString())).isZero();
        assertThat(out.toString())
                .contains("output         metric")
                .contains("input-size     fixed:70x98")
                .contains("mapping        METRIC");
    }

    @Test
    void pullsACheckpointIntoTheCacheAndVerifiesIt() throws IOException {
        Path published = folder.resolve("depth_anything_v2_metric_hypersim_vits.pth");
        Files.copy(Path.of(CHECKPOINT), published);
        assertThat(run("pull", published.toString())).isZero();
        Path converted = Path.of(out.toString().strip());
        assertThat(converted).startsWith(folder.resolve("cache")).exists();
        assertThat(run("verify")).isZero();
    }

    @Test
    void inspectsACheckpointByItsOwnHashAndSaysWhatItIsTakenFor() throws IOException {
        Path published = folder.resolve("depth_anything_v2_metric_hypersim_vits.pth");
        Files.copy(Path.of(CHECKPOINT), published);
        assertThat(run("inspect", published.toString())).isZero();
        assertThat(out.toString())
                .contains("sha256         " + FileHash.sha256(published))
                .contains("metric up to 20.0 m (known by its published name)")
                .contains("output         metric");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--family depth-anything-v2", "--relative"})
    void conversionWarnsOfWhatItAssumes(String stated) throws IOException {
        Path checkpoint = Files.copy(Path.of(CHECKPOINT), folder.resolve("latest.pth"));
        Path target = folder.resolve("out.onnx");
        List<String> words =
                new ArrayList<>(List.of("convert", checkpoint.toString(), target.toString()));
        words.addAll(List.of("--input-size", "fixed:28x28"));
        words.addAll(stated.isEmpty() ? List.of() : List.of(stated.split(" ", -1)));

        assertThat(run(words.toArray(String[]::new))).isZero();

        assertThat(err.toString())
                .contains("latest.pth is read as depth-anything-v2, inverse-relative (assumed)")
                .contains("WARNING: neither the hash nor the name of latest.pth")
                .hasLineCount(2);
    }

    @Test
    void whatALiftWouldUseIsAskedForWhereItIsNotStated() throws IOException {
        Path checkpoint = Files.copy(Path.of(CHECKPOINT), folder.resolve("latest.pth"));

        assertThat(run("pull", checkpoint.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("latest.pth: the file does not say what it computes (family, output)")
                .contains("describe it in a catalogue, as conf/models.yaml shows")
                .contains("--family and --relative or --metric METRES")
                .hasLineCount(1);
    }

    @Test
    void saysThatThereIsNoSuchCheckpoint() {
        assertThat(run("convert", "nosuch.pth", folder.resolve("out.onnx").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nosuch.pth: there is no such file; name a checkpoint");
    }

    @Test
    void convertsAsItIsTold() {
        Path target = folder.resolve("out.onnx");
        String[] told = {
            "convert",
            CHECKPOINT,
            target.toString(),
            "--input-size",
            "fixed:28x28",
            "--family",
            "depth-anything-v1",
            "--relative"
        };
        assertThat(run(told)).isZero();
        assertThat(err.toString())
                .contains("metric64.pth is read as depth-anything-v1, inverse-relative (stated)");
    }

    @Test
    void aCheckpointIsNeverReplacedByAConversion() throws IOException {
        Path checkpoint = Files.copy(Path.of(CHECKPOINT), folder.resolve("one.pth"));
        Path other = Files.copy(Path.of(CHECKPOINT), folder.resolve("two.pth"));
        Path link = Files.createSymbolicLink(folder.resolve("out.onnx"), checkpoint);

        for (Path target : List.of(checkpoint, other, link)) {
            forgetOutput();
            assertThat(run("convert", checkpoint.toString(), target.toString(), "--relative"))
                    .isEqualTo(2);
            assertThat(err.toString())
                    .isEqualToNormalizingNewlines(
                            target
                                    + ": it is a checkpoint, which would be replaced;"
                                    + " name the .onnx file to write\n");
            assertThat(target).hasSameBinaryContentAs(Path.of(CHECKPOINT));
        }
    }

    @Test
    void aModelIsReplacedInOneStep() throws IOException {
        Path target = Files.writeString(folder.resolve("rooms.onnx"), "a model in use");
        Path inUse = Files.createLink(folder.resolve("in-use.onnx"), target);

        assertThat(
                        run(
                                "convert",
                                CHECKPOINT,
                                target.toString(),
                                "--metric=20",
                                "--input-size=fixed:28x28"))
                .as(err.toString())
                .isZero();

        assertThat(inUse).hasContent("a model in use");
        assertThat(Files.size(target)).isGreaterThan(100_000);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("rooms.onnx", "in-use.onnx");
    }

    @Test
    void aTargetWithoutAFolderIsRefusedByItsName() {
        Path target = folder.resolve("models/rooms.onnx");

        assertThat(run("convert", CHECKPOINT, target.toString(), "--metric=20")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        target
                                + ": there is no folder "
                                + target.getParent()
                                + "; create it, or choose another folder\n");
    }

    @Test
    void findsADamagedFile() throws IOException {
        Path home = Files.createDirectories(folder.resolve("cache").resolve("ab".repeat(32)));
        Files.writeString(home.resolve("model.onnx"), "not what it should be");
        assertThat(run("verify")).isEqualTo(1);
        assertThat(out.toString()).contains("DAMAGED");
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        assertThat(run("inspect", "nosuch")).isEqualTo(2);
        assertThat(err.toString()).contains("nosuch").hasLineCount(1);
        assertThat(run("convert", "README.md", folder.resolve("x.onnx").toString())).isEqualTo(2);
    }

    private int run(String... arguments) {
        CommandLine command = Launcher.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        List<String> all =
                new ArrayList<>(List.of("model", "--cache", folder.resolve("cache").toString()));
        all.addAll(List.of(arguments));
        return command.execute(all.toArray(String[]::new));
    }
}
