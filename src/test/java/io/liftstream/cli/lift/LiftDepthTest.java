package io.liftstream.cli.lift;

import static io.liftstream.cli.lift.SensorFrame.HEIGHT;
import static io.liftstream.cli.lift.SensorFrame.WIDTH;
import static io.liftstream.cli.lift.SensorFrame.compressedDepth;
import static io.liftstream.cli.lift.SensorFrame.metres;
import static io.liftstream.cli.lift.SensorFrame.millimetres;
import static io.liftstream.cli.lift.SensorFrame.npy;
import static io.liftstream.cli.lift.SensorFrame.png;
import static io.liftstream.cli.lift.SensorFrame.quantisedDepth;
import static io.liftstream.cli.lift.SensorFrame.tiff;
import static io.liftstream.cli.lift.SensorFrame.values;
import static io.liftstream.cli.lift.SensorFrame.withEveryTenth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.files.NumpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.lifting.PointCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code lift --depth} with the files that sensors and their users make. */
class LiftDepthTest {
    private static final String HOLE = "65535";
    private static final int PIXELS = WIDTH * HEIGHT;
    private static final int TENTHS = (PIXELS + 9) / 10;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();
    private Path image;
    private Path out;

    @BeforeEach
    void writeImage() throws IOException {
        image = Files.write(folder.resolve("base.png"), LiftingFixture.png(WIDTH, HEIGHT));
        out = folder.resolve("out");
    }

    static Stream<Arguments> readableFiles() {
        double[] metres = metres();
        double[] raw = millimetres();
        return Stream.of(
                Arguments.of("f4.npy", npy("<f4", metres), 1e-6),
                Arguments.of("UPPER.NPY", npy("<f4", metres), 1e-6),
                Arguments.of("noEnding", npy("<f4", metres), 1e-6),
                Arguments.of("f8.npy", npy("<f8", metres), 1e-6),
                Arguments.of("f2.npy", npy("<f2", metres), 2e-3),
                Arguments.of("be_f4.npy", npy(">f4", metres), 1e-6),
                Arguments.of("be_f8.npy", npy(">f8", metres), 1e-6),
                Arguments.of("native_f4.npy", npy("=f4", metres), 1e-6),
                Arguments.of("u2.npy", npy("<u2", raw), 6e-4),
                Arguments.of("be_u2.npy", npy(">u2", raw), 6e-4),
                Arguments.of("i2.npy", npy("<i2", raw), 6e-4),
                Arguments.of("i4.npy", npy("<i4", raw), 6e-4),
                Arguments.of("u4.npy", npy("<u4", raw), 6e-4),
                Arguments.of("i8.npy", npy("<i8", raw), 6e-4),
                Arguments.of("be_u8.npy", npy(">u8", raw), 6e-4),
                Arguments.of("fortran.npy", columnMajor("<f4"), 1e-6),
                Arguments.of("be_fortran.npy", columnMajor(">f8"), 1e-6),
                Arguments.of("v2.npy", version(2), 1e-6),
                Arguments.of("v3.npy", version(3), 1e-6),
                Arguments.of("channel.npy", shaped(HEIGHT, WIDTH, 1), 1e-6),
                Arguments.of("batch.npy", shaped(1, 1, HEIGHT, WIDTH), 1e-6),
                Arguments.of("mm.png", png(raw), 6e-4),
                Arguments.of("raw.tif", tiff(16, raw), 6e-4),
                Arguments.of("metres.tiff", tiff(32, metres), 1e-6),
                Arguments.of("doubles.tiff", tiff(64, metres), 1e-6),
                Arguments.of("ros16.bin", compressedDepth(0, 0, raw), 6e-4),
                Arguments.of("rosLeftUnset.bin", compressedDepth(1e-40f, 3e20f, raw), 6e-4),
                Arguments.of("ros32.bin", quantisedDepth(), 2e-3));
    }

    @ParameterizedTest
    @MethodSource("readableFiles")
    void aSensorsFrameIsReadWhateverItsFile(String name, byte[] content, double tolerance)
            throws IOException {
        Path file = Files.write(folder.resolve(name), content);

        assertThat(lift(image, "--depth", file.toString())).as(command.complaints()).isZero();

        PointCloud cloud = cloud("base.png");
        assertThat(cloud.count()).isEqualTo(PIXELS);
        for (int i = 0; i < cloud.count(); i++) {
            assertThat((double) cloud.z(i)).isEqualTo(SensorFrame.metres(i), within(tolerance));
        }
        assertThat(command.complaints()).isEmpty();
        assertThat(line().get("depth").asText()).isEqualTo(file.toString());
        assertThat(line().get("metric").asBoolean()).isTrue();
    }

    private static byte[] columnMajor(String type) {
        return new NumpyFile(type).columnMajor(true).of(metres(), HEIGHT, WIDTH);
    }

    private static byte[] version(int version) {
        return new NumpyFile("<f4").version(version).of(metres(), HEIGHT, WIDTH);
    }

    private static byte[] shaped(int... shape) {
        return new NumpyFile("<f4").of(metres(), shape);
    }

    static Stream<Arguments> unreadableFiles() {
        byte[] zip = "PK\u0003\u0004depth.npy".getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = npy("<f4", metres());
        return Stream.of(
                Arguments.of("depth.npz", zip, "ZIP archive"),
                Arguments.of("depth8.png", LiftingFixture.png(WIDTH, HEIGHT), "16-bit grey"),
                Arguments.of("empty.npy", new byte[0], "0 bytes of another kind"),
                Arguments.of("photo.jpg", new byte[] {-1, -40, -1, -32, 0, 0}, "another kind"),
                Arguments.of("u1.npy", npy("|u1", values(z -> 50 * z)), "type uint8"),
                Arguments.of("i1.npy", npy("|i1", values(z -> 30 * z)), "type int8"),
                Arguments.of("micro.npy", npy("<i4", values(z -> 1e6 * z)), "type int32"),
                Arguments.of("complex.npy", retyped("<c8"), "complex64"),
                Arguments.of("quad.npy", retyped("<f16"), "float128"),
                Arguments.of("text.npy", retyped("<U1"), "type U1"),
                Arguments.of("objects.npy", retyped("|O"), "Python objects"),
                Arguments.of("cut.npy", Arrays.copyOf(whole, whole.length - 1), "cut off"),
                Arguments.of("head.npy", Arrays.copyOf(whole, 20), "cut off"),
                Arguments.of("flat.npy", shaped(PIXELS), "shape [768]"),
                Arguments.of("two.npy", shaped(2, HEIGHT / 2, WIDTH), "[2, 12, 32]"),
                Arguments.of("turned.npy", shaped(WIDTH, HEIGHT), "24 x 32"),
                Arguments.of("half.png", Arrays.copyOf(png(millimetres()), 120), "bytes"),
                Arguments.of("tof.tif", tiff(12, millimetres()), "16-bit integers or floats"),
                Arguments.of("half.tif", Arrays.copyOf(tiff(16, millimetres()), 300), "bytes"),
                Arguments.of("ros.bin", Arrays.copyOf(quantisedDepth(), 60), "bytes"));
    }

    private static byte[] retyped(String type) {
        return new NumpyFile("<f4")
                .header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (24, 32), }")
                .of(metres(), HEIGHT, WIDTH);
    }

    @ParameterizedTest
    @MethodSource("unreadableFiles")
    void aBadDepthFileIsBlamedByItsNameAndStopsNoOtherPair(
            String name, byte[] content, String fault) throws IOException {
        Path bad = Files.write(folder.resolve(name), content);
        Path good = Files.write(folder.resolve("good.png"), png(millimetres()));
        Path second = Files.copy(image, folder.resolve("second.png"));

        int code =
                lift(
                        image,
                        second.toString(),
                        "--depth",
                        bad.toString(),
                        "--depth",
                        good.toString());

        assertThat(code).isOne();
        assertThat(command.complaints())
                .startsWith(image + ": --depth " + bad)
                .contains(fault)
                .doesNotContain("Exception")
                .doesNotContain("image_input")
                .hasLineCount(1);
        assertThat(cloud("second.png").count()).isEqualTo(PIXELS);
        assertThat(out.resolve("base.png.ply")).doesNotExist();
    }

    @Test
    void integersOfEightBitsAreReadWhereTheUserSaysTheirScale() throws IOException {
        Path file = Files.write(folder.resolve("u1.npy"), npy("|u1", values(z -> 50 * z)));

        assertThat(lift(image, "--depth", file.toString(), "--depth-scale", "50")).isZero();

        assertThat((double) cloud("base.png").z(PIXELS - 1))
                .isEqualTo(SensorFrame.metres(PIXELS - 1), within(0.02));
    }

    @Test
    void eachImageHasTheFileOfItsNameInAFolder() throws IOException {
        Path depth = Files.createDirectory(folder.resolve("depth"));
        List<String> names = List.of("a", "b", "c", "d", "e");
        for (String name : names) {
            Files.copy(image, folder.resolve(name + ".png"));
        }
        Files.write(depth.resolve("a.npy"), npy("<f4", values(z -> z + 1)));
        Files.write(depth.resolve("b_depth.png"), png(values(z -> 1000 * (z + 2))));
        Files.write(depth.resolve("c.png.depth.NPY"), npy("<f8", values(z -> z + 3)));
        Files.write(depth.resolve("d.tif"), tiff(32, metres()));
        Files.write(depth.resolve("d.npy"), npy("<f8", metres()));
        Files.writeString(depth.resolve("e.txt"), "no depth");

        List<String> words = new ArrayList<>();
        names.forEach(name -> words.add(folder.resolve(name + ".png").toString()));
        words.addAll(List.of("--depth", depth.toString()));
        int code = lift(words.toArray(String[]::new));

        assertThat(code).isOne();
        assertThat(cloud("a.png").z(0)).isEqualTo(2f);
        assertThat(cloud("b.png").z(0)).isEqualTo(3f);
        assertThat(cloud("c.png").z(0)).isEqualTo(4f);
        assertThat(command.complaints())
                .contains("several files for d.png: d.npy, d.tif")
                .contains("without a file for e.png: must hold one, e.npy")
                .hasLineCount(2);
    }

    @Test
    void imagesMayLieBesideTheirDepth() throws IOException {
        Files.write(folder.resolve("base.npy"), npy("<f4", metres()));

        assertThat(lift(folder, "--depth", folder.toString())).isZero();

        assertThat(cloud("base.png").count()).isEqualTo(PIXELS);
    }

    @Test
    void oneFileServesEveryImage() throws IOException {
        Path file = Files.write(folder.resolve("depth.npy"), npy("<u2", millimetres()));
        Path second = Files.copy(image, folder.resolve("second.png"));

        assertThat(lift(image, second.toString(), "--depth", file.toString())).isZero();

        assertThat(cloud("second.png").data()).isEqualTo(cloud("base.png").data());
    }

    @Test
    void filesThatAreMissingOrTooManyAreRefusedBeforeAnythingIsLifted() throws IOException {
        Path file = Files.write(folder.resolve("depth.npy"), npy("<f4", metres()));
        Path none = folder.resolve("none.npy");

        assertThat(lift(image, "--depth", none.toString(), "--depth", file.toString()))
                .isEqualTo(2);

        assertThat(command.complaints())
                .contains("--depth " + none + ": there is no such file")
                .contains("2 depth files for 1 images");
        assertThat(out).doesNotExist();
    }

    @Test
    void zerosOfFloatsAndOfIntegersAreTheSameHoles() throws IOException {
        Path floats =
                Files.write(folder.resolve("zero.npy"), npy("<f4", withEveryTenth(metres(), 0)));
        Path raw = Files.write(folder.resolve("zero.png"), png(withEveryTenth(millimetres(), 0)));

        assertThat(lift(image, "--depth", floats.toString())).isZero();
        JsonNode ofFloats = line();
        assertThat(lift(image, "--depth", raw.toString())).isZero();

        assertThat(line().get("min_depth").floatValue())
                .isEqualTo(ofFloats.get("min_depth").floatValue(), within(6e-4f))
                .isGreaterThan(1);
        assertThat(line().get("dropped")).isEqualTo(ofFloats.get("dropped"));
        assertThat(line().get("dropped").get("holes").asInt()).isEqualTo(TENTHS);
    }

    static Stream<Arguments> filesWithHoles() {
        double[] raw = withEveryTenth(millimetres(), 65535);
        return Stream.of(
                Arguments.of("mm.png", png(raw), HOLE),
                Arguments.of("mm.tif", tiff(16, raw), HOLE),
                Arguments.of("mm.npy", npy("<u2", raw), HOLE),
                Arguments.of("ros.bin", compressedDepth(0, 0, raw), HOLE),
                Arguments.of("far.npy", npy("<f4", withEveryTenth(metres(), 99.9)), "99.9"),
                Arguments.of(
                        "u4.npy",
                        npy("<u4", withEveryTenth(millimetres(), 4294967295.0)),
                        "4294967295"));
    }

    @Test
    void aModelOrAProviderBesideADepthFileIsSaidToBeUnused() throws IOException {
        String file = Files.write(folder.resolve("depth.npy"), npy("<f4", metres())).toString();

        assertThat(lift(image, "--depth", file, "--model", "liftstream-tiny", "--provider", "cpu"))
                .isZero();
        assertThat(command.complaints())
                .contains("--model liftstream-tiny is not used: --depth takes its place")
                .contains("--provider is not used: with --depth, no network runs");
    }

    @ParameterizedTest
    @MethodSource("filesWithHoles")
    void aValueThatTheUserNamesIsNoMeasurement(String name, byte[] content, String hole)
            throws IOException {
        Path file = Files.write(folder.resolve(name), content);

        int code = lift(image, "--depth", file.toString(), "--depth-hole", hole, "--depth-image");

        assertThat(code).as(command.complaints()).isZero();
        assertThat(line().get("max_depth").floatValue())
                .isEqualTo((float) SensorFrame.metres(PIXELS - 1), within(6e-4f));
        assertThat(line().get("dropped").get("holes").asInt()).isEqualTo(TENTHS);
        assertThat(line().get("dropped").get("range").asInt()).isZero();
        assertThat(line().get("points").asInt()).isEqualTo(PIXELS - TENTHS);
    }

    @Test
    void pointsBeyondTheRangeAreCountedAndACloudThatLosesMostIsRemarkedOn() throws IOException {
        Path street = Files.write(folder.resolve("street.png"), png(values(z -> 256 * 25 * z)));

        int code = lift(image, "--depth", street.toString(), "--depth-scale", "256");

        assertThat(code).isZero();
        assertThat(line().get("points").asInt()).isZero();
        assertThat(line().get("dropped").get("range").asInt()).isEqualTo(PIXELS);
        assertThat(command.complaints())
                .contains("768 of 768 measured pixels are out of range")
                .contains("raise --depth-trunc");

        assertThat(
                        lift(
                                image,
                                "--depth",
                                street.toString(),
                                "--depth-scale",
                                "256",
                                "--depth-trunc",
                                "90"))
                .isZero();
        assertThat(line().get("points").asInt()).isEqualTo(PIXELS);
        assertThat(command.complaints()).isEmpty();
    }

    @Test
    void floatsThatCountMillimetresAreRemarkedOn() throws IOException {
        Path file = Files.write(folder.resolve("mm.npy"), npy("<f4", millimetres()));

        assertThat(lift(image, "--depth", file.toString())).isZero();

        assertThat(command.complaints()).contains(file + " counts millimetres, divide by 1000");
    }

    @Test
    void anEmptyCloudIsRemarkedOn() throws IOException {
        Path file = Files.write(folder.resolve("none.npy"), npy("<u2", values(z -> 0)));

        assertThat(lift(image, "--depth", file.toString())).isZero();

        assertThat(command.complaints()).contains("no pixel has a measurement");
    }

    @Test
    void whatLinearClipsIsSaid() throws IOException {
        Path file = Files.write(folder.resolve("d.npy"), npy("<f4", metres()));

        int code =
                lift(
                        image,
                        "--depth",
                        file.toString(),
                        "--depth-mapping",
                        "linear",
                        "--depth-trunc",
                        "100");

        assertThat(code).isZero();
        assertThat(line().get("saturated_pixels").asInt()).isPositive();
        assertThat(command.complaints()).contains("LINEAR clips").contains("--depth-scale");
        assertThat(line().get("metric").asBoolean()).isFalse();
    }

    private int lift(Path first, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = first.toString();
        System.arraycopy(words, 0, all, 1, words.length);
        return lift(all);
    }

    private int lift(String... words) {
        List<String> all = new ArrayList<>(List.of("lift"));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", out.toString(), "--point-cloud"));
        return command.run(all.toArray(String[]::new));
    }

    /** The last line of JSON. */
    private JsonNode line() throws IOException {
        List<String> lines = command.output().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private PointCloud cloud(String name) throws IOException {
        return PlyFile.read(out.resolve(name + ".ply"));
    }
}
