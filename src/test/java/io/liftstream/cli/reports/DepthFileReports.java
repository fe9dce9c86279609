package io.liftstream.cli.reports;

import static io.liftstream.cli.lift.SensorFrame.HEIGHT;
import static io.liftstream.cli.lift.SensorFrame.WIDTH;
import static io.liftstream.cli.lift.SensorFrame.compressedDepth;
import static io.liftstream.cli.lift.SensorFrame.metres;
import static io.liftstream.cli.lift.SensorFrame.millimetres;
import static io.liftstream.cli.lift.SensorFrame.npy;
import static io.liftstream.cli.lift.SensorFrame.png;
import static io.liftstream.cli.lift.SensorFrame.tiff;
import static io.liftstream.cli.lift.SensorFrame.values;
import static io.liftstream.cli.lift.SensorFrame.withEveryTenth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.cli.lift.SensorFrame;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.lifting.PointCloud;
import io.liftstream.network.TinyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Depth from sensors: kinds of files, holes, and distances out of range. */
final class DepthFileReports {
    private static final int PIXELS = WIDTH * HEIGHT;
    private static final int TENTHS = (PIXELS + 9) / 10;
    private static final double HALF_MILLIMETRE = 6e-4;
    private static final float FLOAT_NOISE = 1e-6f;

    private DepthFileReports() {}

    static Stream<FieldReport> all() {
        return Stream.of(
                read("14 millimetres as uint16", "u2.npy", npy("<u2", millimetres())),
                read("14 beside: of the other byte order", "u2.npy", npy(">u2", millimetres())),
                read("15 metres as float64", "f8.npy", npy("<f8", metres())),
                read("15 metres of the other byte order", "f4.npy", npy(">f4", metres())),
                read("15 millimetres as int32", "i4.npy", npy("<i4", millimetres())),
                read("15 beside: metres as float16", "f2.npy", npy("<f2", metres())),
                read("15 beside: a TIFF of floats", "a.tif", tiff(32, metres())),
                read("18 an ending in capitals", "UPPER.NPY", npy("<f4", metres())),
                read("18 ROS compressedDepth", "ros.bin", compressedDepth(0, 0, millimetres())),
                refused("18 an .npz archive", "a.npz", zip(), "ZIP archive, as .npz is"),
                refused(
                        "18 a PNG of 8 bits",
                        "a8.png",
                        LiftingFixture.png(WIDTH, HEIGHT),
                        "must be a PNG of one 16-bit grey channel"),
                new FieldReport(
                        "20 65535 is remarked on, and no measurement where the user says so",
                        DepthFileReports::saturated),
                new FieldReport(
                        "21 zeros are holes in floats and in integers",
                        DepthFileReports::zeroHoles),
                new FieldReport(
                        "23 points beyond depth-trunc are counted and remarked on",
                        DepthFileReports::street),
                new FieldReport(
                        "23 a metric model's own range is kept", DepthFileReports::metricModel));
    }

    private static byte[] zip() {
        return "PK\u0003\u0004depth.npy".getBytes(StandardCharsets.ISO_8859_1);
    }

    private static FieldReport read(String name, String file, byte[] content) {
        return new FieldReport(
                name + " is read",
                desk -> {
                    Path image = desk.picture("base.png", WIDTH, HEIGHT);
                    desk.lift(image, "--depth", desk.write(file, content)).succeeds();
                    double tolerance = file.equals("f2.npy") ? 2e-3 : HALF_MILLIMETRE;
                    PointCloud cloud = desk.cloud("base.png");
                    assertThat(cloud.count()).isEqualTo(PIXELS);
                    for (int i = 0; i < PIXELS; i++) {
                        assertThat((double) cloud.z(i))
                                .isEqualTo(SensorFrame.metres(i), within(tolerance));
                    }
                });
    }

    private static FieldReport refused(String name, String file, byte[] content, String said) {
        return new FieldReport(
                name + " is blamed by its name",
                desk -> {
                    Path image = desk.picture("base.png", WIDTH, HEIGHT);
                    Path depth = desk.write(file, content);
                    desk.lift(image, "--depth", depth)
                            .fails(2)
                            .says(": --depth " + depth, said)
                            .complainsInLines(1)
                            .hasNot("base.png");
                });
    }

    private static void saturated(ReportDesk desk) throws IOException {
        Path image = desk.picture("base.png", WIDTH, HEIGHT);
        Path depth = desk.write("sat.png", png(withEveryTenth(millimetres(), 65_535)));
        desk.lift(image, "--depth", depth)
                .succeeds()
                .says(depth + ": " + TENTHS + " pixels are 65535", "--depth-hole 65535");
        desk.lift(image, "--depth", depth, "--depth-hole", "65535", "--depth-image")
                .succeeds()
                .complainsInLines(0);
        assertThat(desk.line().get("max_depth").floatValue())
                .isEqualTo((float) SensorFrame.metres(PIXELS - 1), within(6e-4f));
        assertThat(desk.cloud("base.png").count()).isEqualTo(PIXELS - TENTHS);
    }

    private static void zeroHoles(ReportDesk desk) throws IOException {
        Path image = desk.picture("base.png", WIDTH, HEIGHT);
        double[] rounded = values(z -> Math.rint(1000 * z) / 1000);
        Path floats = desk.write("a.npy", npy("<f4", withEveryTenth(rounded, 0)));
        Path integers = desk.write("a.png", png(withEveryTenth(millimetres(), 0)));
        desk.lift(image, "--depth", floats).succeeds();
        float least = desk.line().get("min_depth").floatValue();
        assertThat(least).isGreaterThan(1);
        desk.lift(image, "--depth", integers).succeeds();
        assertThat(desk.line().get("min_depth").floatValue()).isEqualTo(least, within(FLOAT_NOISE));
    }

    private static void street(ReportDesk desk) throws IOException {
        Path image = desk.picture("base.png", WIDTH, HEIGHT);
        Path depth = desk.write("far.png", png(values(z -> Math.rint(256 * 25 * z))));
        desk.lift(image, "--depth", depth, "--depth-scale", 256)
                .succeeds()
                .says("768 of 768 measured pixels are out of range", "raise --depth-trunc");
        assertThat(desk.line().get("dropped").get("range").asInt()).isEqualTo(PIXELS);
        desk.lift(image, "--depth", depth, "--depth-scale", 256, "--depth-trunc", 100).succeeds();
        assertThat(desk.cloud("base.png").count()).isEqualTo(PIXELS);
    }

    /** Its distances lie between 25 and 62 m: brightness in 4 cm. */
    private static void metricModel(ReportDesk desk) throws IOException {
        Path image =
                desk.write("base.png", LiftingFixture.png(WIDTH, HEIGHT, (x, y) -> 0x808080 + x));
        TinyModel.meanOfChannels("b", HEIGHT, WIDTH).write(desk.folder().resolve("street.onnx"));
        String catalogue =
                "{default: street, models: {street: {source: street.onnx, output: metric,"
                        + " unit-factor: 80, max-depth: 80}}}";
        Path file = desk.write("models.yaml", catalogue.getBytes(StandardCharsets.UTF_8));
        desk.lift(image, "--catalogue", file, "--model", "street").succeeds();
        assertThat(desk.line().get("depth_to_metres").get("depth_trunc").asDouble()).isEqualTo(80);
        assertThat(desk.cloud("base.png").count()).isEqualTo(PIXELS);
        assertThat(desk.cloud("base.png").z(0)).isBetween(25f, 62f);
    }
}
