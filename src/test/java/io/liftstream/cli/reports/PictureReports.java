package io.liftstream.cli.reports;

import static io.liftstream.image.JpegSamples.marker;
import static io.liftstream.image.JpegSamples.replaced;
import static io.liftstream.image.JpegSamples.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.files.NumpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.JpegSamples;
import io.liftstream.image.PngSamples;
import io.liftstream.image.TiffSample;
import io.liftstream.lifting.PointCloud;
import io.liftstream.testing.ExifJpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Pictures that are damaged, or that are not, and pictures of odd kinds. */
final class PictureReports {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 80;
    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final byte[] JPEG = JpegSamples.BASELINE.file();

    private PictureReports() {}

    static Stream<FieldReport> all() {
        return Stream.of(
                new FieldReport(
                        "04 a JPEG that lacks its end marker alone is whole",
                        desk -> whole(desk, Arrays.copyOf(JPEG, JPEG.length - 2))),
                new FieldReport(
                        "04 beside: so is one with padding in the marker's place",
                        desk -> whole(desk, replaced(JPEG, JPEG.length - 2, JPEG.length, 0, 0, 0))),
                new FieldReport(
                        "05 a JPEG that lost bytes in the middle of its scan is refused",
                        desk -> damaged(desk, without(JPEG, at(0.3), at(0.7)))),
                new FieldReport(
                        "05 so is one whose scan has zeros in the middle",
                        desk -> damaged(desk, replaced(JPEG, at(0.5), at(0.6), new int[150]))),
                new FieldReport(
                        "05 beside: so is one that lost a scan of many",
                        desk -> damaged(desk, withoutScan(JpegSamples.PROGRESSIVE.file()))),
                new FieldReport(
                        "06 a JPEG that was cut off and ended by its driver is refused",
                        desk ->
                                damaged(
                                        desk,
                                        replaced(
                                                Arrays.copyOf(JPEG, at(0.4)),
                                                at(0.4),
                                                at(0.4),
                                                0xff,
                                                0xd9))),
                new FieldReport(
                        "09 the 16-bit frame of a thermal camera is a picture, as PNG and as TIFF",
                        PictureReports::thermal),
                new FieldReport(
                        "09 beside: with a range that is the same for all frames",
                        PictureReports::thermalOfOneRange),
                new FieldReport(
                        "09 beside: a photo that was taken upright is lifted upright",
                        PictureReports::upright),
                new FieldReport(
                        "79 a cloud has the colours that another program wrote",
                        PictureReports::coloursOfAnotherProgram));
    }

    private static int at(double part) {
        int start = marker(JPEG, 0xda, 0) + 14;
        return (int) (start + part * (JPEG.length - 2 - start));
    }

    private static byte[] withoutScan(byte[] file) {
        return without(file, marker(file, 0xda, 3), marker(file, 0xda, 4));
    }

    private static Path depth(ReportDesk desk, int width, int height) throws IOException {
        double[] ones = new double[width * height];
        Arrays.fill(ones, 1);
        return desk.write("ones.npy", new NumpyFile("<f4").of(ones, height, width));
    }

    private static void whole(ReportDesk desk, byte[] file) throws IOException {
        Path image = desk.write("a.jpg", file);
        desk.lift(image, "--depth", depth(desk, WIDTH, HEIGHT)).succeeds().complainsInLines(0);
        assertThat(colours(desk.cloud("a.jpg"))).isEqualTo(DECODER.decode(JPEG).rgb());
    }

    /** The others are lifted. */
    private static void damaged(ReportDesk desk, byte[] file) throws IOException {
        Path bad = desk.write("bad.jpg", file);
        Path good = desk.write("good.jpg", JPEG);
        desk.lift(bad, good)
                .fails(1)
                .says(bad + ": the JPEG")
                .complainsInLines(1)
                .hasNot("bad.jpg");
        assertThat(desk.cloud("good.jpg").count()).isPositive();
    }

    private static void thermal(ReportDesk desk) throws IOException {
        int[] values = new int[WIDTH * HEIGHT];
        Arrays.setAll(values, i -> 20_000 + 20_000 * i / values.length);
        Path png = desk.write("a.png", PngSamples.grey16(WIDTH, HEIGHT, i -> values[i]));
        Path tiff =
                desk.write("b.tiff", new TiffSample(WIDTH, HEIGHT, true).grey16(i -> values[i]));
        desk.lift(png, tiff, "--depth", depth(desk, WIDTH, HEIGHT)).succeeds();
        byte[] colours = colours(desk.cloud("a.png"));
        assertThat(colours[0] & 0xff).isZero();
        assertThat(colours[colours.length / 2] & 0xff).isBetween(126, 129);
        assertThat(colours[colours.length - 1] & 0xff).isEqualTo(255);
        assertThat(colours(desk.cloud("b.tiff"))).isEqualTo(colours);
    }

    private static void thermalOfOneRange(ReportDesk desk) throws IOException {
        Path image = desk.write("a.png", PngSamples.grey16(WIDTH, HEIGHT, i -> 30_000));
        Path ones = depth(desk, WIDTH, HEIGHT);
        desk.lift(image, "--depth", ones, "--grey16-range", "20000:40000").succeeds();
        assertThat(colours(desk.cloud("a.png"))).containsOnly((byte) 128);
    }

    private static void upright(ReportDesk desk) throws IOException {
        Path image = desk.write("a.jpg", ExifJpeg.oriented(JPEG, 6));
        desk.lift(image).succeeds();
        assertThat(desk.line().get("orientation").asText()).isEqualTo("applied");
        assertThat(desk.line().get("width").asInt()).isEqualTo(HEIGHT);
        desk.lift(image, "--ignore-orientation").succeeds();
        assertThat(desk.line().get("orientation").asText()).isEqualTo("ignored");
        assertThat(desk.line().get("width").asInt()).isEqualTo(WIDTH);
    }

    private static void coloursOfAnotherProgram(ReportDesk desk) throws IOException {
        String header =
                """
                ply
                format binary_little_endian 1.0
                element vertex 2
                property float x
                property float y
                property float z
                property uchar diffuse_red
                property uchar diffuse_green
                property uchar diffuse_blue
                end_header
                """;
        ByteBuffer file = ByteBuffer.allocate(header.length() + 30).order(ByteOrder.LITTLE_ENDIAN);
        file.put(header.getBytes(StandardCharsets.US_ASCII));
        file.putFloat(0).putFloat(0).putFloat(1).put(new byte[] {-1, 0, 0});
        file.putFloat(0.5f).putFloat(-0.25f).putFloat(2).put(new byte[] {0, -1, 0});
        PointCloud cloud = PlyFile.read(desk.write("a.ply", file.array()));
        assertThat(colours(cloud)).containsExactly(-1, 0, 0, 0, -1, 0);
        assertThat(cloud.z(1)).isEqualTo(2);
    }

    private static byte[] colours(PointCloud cloud) {
        byte[] colours = new byte[3 * cloud.count()];
        for (int i = 0; i < cloud.count(); i++) {
            colours[3 * i] = (byte) cloud.red(i);
            colours[3 * i + 1] = (byte) cloud.green(i);
            colours[3 * i + 2] = (byte) cloud.blue(i);
        }
        return colours;
    }
}
