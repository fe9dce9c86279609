package io.liftstream.cli.reports;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.liftstream.network.TinyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** ONNX files as other people export them. */
final class GraphReports {
    private static final int SIDE = 28;

    private GraphReports() {}

    static Stream<FieldReport> all() {
        return Stream.of(
                new FieldReport(
                        "27 a graph that states nothing is asked for all at once",
                        GraphReports::statesNothing),
                new FieldReport(
                        "29 a unit that is spelled as in the USA is understood",
                        desk -> unit(desk, "depth in meters", "1.0")),
                new FieldReport(
                        "29 beside: another unit is too",
                        desk -> unit(desk, "depth in centimeters", "0.01")),
                new FieldReport(
                        "29 beside: words that say something else are quoted",
                        GraphReports::otherWords),
                new FieldReport(
                        "31 a graph that claims open sizes and takes one is found when it is opened",
                        GraphReports::oneSize),
                new FieldReport(
                        "36 weights beside a graph are part of its identity",
                        GraphReports::weightsBeside),
                new FieldReport(
                        "36 beside: weights outside the graph's folder are refused",
                        GraphReports::weightsOutside));
    }

    private static TinyModel inverse() {
        return new TinyModel()
                .fact("liftstream.output", "inverse-relative")
                .fact("liftstream.mean", "0,0,0")
                .fact("liftstream.std", "1,1,1");
    }

    private static void statesNothing(ReportDesk desk) throws IOException {
        Path model =
                new TinyModel()
                        .input("pixel_values", DataType.FLOAT, "batch_size", "channels", "h", "w")
                        .reduce("ReduceMean", "pixel_values", "predicted_depth", false, 1)
                        .output("predicted_depth", DataType.FLOAT, "batch_size", "h", "w")
                        .write(desk.folder().resolve("model.onnx"));
        desk.run("model", "inspect", model)
                .fails(2)
                .says(
                        "(output)",
                        "(input-size)",
                        "(mean, std)",
                        "a catalogue like conf/models.yaml",
                        "the prefix \"liftstream.\"")
                .complainsInLines(1);
    }

    private static void unit(ReportDesk desk, String words, String factor) throws IOException {
        Path model =
                TinyModel.meanOfChannels("b", SIDE, SIDE)
                        .without("liftstream.output")
                        .fact("output", words)
                        .write(desk.folder().resolve("model.onnx"));
        desk.run("model", "inspect", model)
                .succeeds()
                .says("output         metric", "unit-factor    " + factor);
    }

    private static void otherWords(ReportDesk desk) throws IOException {
        Path model =
                TinyModel.meanOfChannels("b", SIDE, SIDE)
                        .without("liftstream.output")
                        .fact("output", "log depth in meters")
                        .write(desk.folder().resolve("model.onnx"));
        desk.run("model", "inspect", model)
                .fails(2)
                .says("output \"log depth in meters\"", "inverse-relative or metric");
    }

    private static void oneSize(ReportDesk desk) throws IOException {
        Path model =
                inverse()
                        .input("image", DataType.FLOAT, "b", 3, "h", "w")
                        .reduce("ReduceMean", "image", "mean", true, 1)
                        .reshape("mean", "depth", 1, 1, SIDE, SIDE)
                        .output("depth", DataType.FLOAT, "b", 1, "h", "w")
                        .fact("liftstream.input_size", "aspect:28:14")
                        .write(desk.folder().resolve("model.onnx"));
        desk.run("model", "inspect", model).fails(2).says("state input-size: fixed:28x28");
        desk.lift(desk.picture("base.png", 40, 30), "--model", model)
                .fails(2)
                .says("--model is " + model + ": ", "state input-size: fixed:28x28");
    }

    private static void weightsBeside(ReportDesk desk) throws IOException {
        Path two = external(desk, "a", "model.onnx_data", 2);
        Path three = external(desk, "b", "model.onnx_data", 3);
        assertThat(two).hasSameBinaryContentAs(three);
        Path image = desk.picture("base.png", SIDE, SIDE);
        float[] doubled = lifted(desk, image, two);
        assertThat(lifted(desk, image, three)[5]).isEqualTo(1.5f * doubled[5]);
        String sha256 = sha256(desk, two);
        assertThat(sha256(desk, three)).isNotEqualTo(sha256);
        String pinned = "{default: m, models: {m: {source: b/model.onnx, sha256: " + sha256 + "}}}";
        Path catalogue = desk.write("models.yaml", pinned.getBytes(StandardCharsets.UTF_8));
        desk.lift(image, "--catalogue", catalogue).fails(2).says("but must be ");
    }

    private static float[] lifted(ReportDesk desk, Path image, Path model) throws IOException {
        desk.lift(image, "--model", model).succeeds();
        return desk.depth("base.png");
    }

    private static String sha256(ReportDesk desk, Path model) {
        desk.run("model", "inspect", model).succeeds();
        String sha256 = desk.output().replaceAll("(?s).*\nsha256 +([0-9a-f]{64})\n.*", "$1");
        desk.says("results say    model@" + sha256);
        return sha256;
    }

    private static void weightsOutside(ReportDesk desk) throws IOException {
        Path model = external(desk, "a", "../outside.bin", 2);
        desk.lift(desk.picture("base.png", SIDE, SIDE), "--model", model)
                .fails(2)
                .says("../outside.bin", "must be a file in the model's own folder");
    }

    private static Path external(ReportDesk desk, String name, String location, float factor)
            throws IOException {
        Path home = Files.createDirectory(desk.folder().resolve(name));
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(home.resolve(location), bytes.putFloat(factor).array());
        return inverse()
                .input("image", DataType.FLOAT, "b", 3, SIDE, SIDE)
                .reduce("ReduceMean", "image", "mean", true, 1)
                .timesExternal("mean", "depth", location)
                .output("depth", DataType.FLOAT, "b", 1, SIDE, SIDE)
                .write(home.resolve("model.onnx"));
    }
}
