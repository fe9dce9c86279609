package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.files.PlyFile;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LINEAR with OPENGL axes gives the original's numbers, bit for bit, in all forty cases. */
class GoldenHandlerTest {
    /** The original's answer to an infinite depth is no cloud; ours leaves that pixel out. */
    private static final String INFINITE_CASE = "s20_7x5_inf";

    static Stream<String> cases() {
        return GoldenData.namesOf("handler");
    }

    static Stream<String> casesWithoutInfinities() {
        return cases().filter(name -> !name.equals(INFINITE_CASE));
    }

    @Test
    void thereAreFortyCases() {
        assertThat(cases()).hasSize(40).contains(INFINITE_CASE);
    }

    @Test
    void infinitePixelsAreLeftOutAndTheOthersLifted() {
        Golden golden = new Golden(INFINITE_CASE);
        // The least finite value lies at depth_trunc and is dropped as in every case.
        assertThat(golden.lift().pointCloud().count()).isEqualTo(golden.finiteValues() - 1);
        LinearMapping mapping = golden.mapping();
        for (float value : golden.depth) {
            assertThat(Float.isNaN(mapping.quantise(value))).isEqualTo(!Float.isFinite(value));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void extremesAndDepthImageAreTheOriginals(String name) {
        Golden golden = new Golden(name);
        DepthEstimationResult result = golden.lift();
        assertThat(result.depthMap()).isEqualTo(golden.depth);
        if (golden.isFinite()) {
            assertThat((double) result.minDepth())
                    .isEqualTo(golden.expected.get("min_depth").asDouble());
            assertThat((double) result.maxDepth())
                    .isEqualTo(golden.expected.get("max_depth").asDouble());
            assertThat(GoldenData.sha256(result.depthImage()))
                    .isEqualTo(golden.expected.at("/depth_image/sha256").asText());
        } else {
            // The original has NaN here and an empty image; see the table of differences.
            assertThat(result.minDepth()).isFinite().isLessThan(result.maxDepth());
            assertThat(result.depthImage()).contains((short) 65535);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("casesWithoutInfinities")
    void pointsAndColoursAreTheOriginals(String name) {
        Golden golden = new Golden(name);
        List<double[]> points = new ArrayList<>();
        ByteArrayOutputStream colours = new ByteArrayOutputStream();
        golden.unproject(
                (pixel, x, y, z) -> {
                    points.add(new double[] {x, y, z});
                    colours.write(golden.image.rgb(), 3 * pixel, 3);
                });
        JsonNode expected = golden.expected.get("points");
        assertThat(points).hasSize(expected.get("count").asInt());
        assertThat(GoldenData.sha256(points))
                .isEqualTo(expected.get("sha256_f64le_negzero_normalised").asText());
        assertThat(GoldenData.sha256(colours.toByteArray()))
                .isEqualTo(expected.get("colors_sha256_u8").asText());
        assertCloudIsRounded(golden.lift().pointCloud(), points, colours.toByteArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("casesWithoutInfinities")
    void quantisedDepthIsTheOriginals(String name) {
        Golden golden = new Golden(name);
        LinearMapping mapping = golden.mapping();
        short[] quantised = new short[golden.depth.length];
        for (int i = 0; i < quantised.length; i++) {
            quantised[i] = (short) (int) mapping.quantise(golden.depth[i]);
        }
        assertThat(GoldenData.sha256(quantised))
                .isEqualTo(golden.expected.at("/rgbd_depth_u16/sha256").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("casesWithoutInfinities")
    void plyBodyIsTheOriginals(String name) {
        Golden golden = new Golden(name);
        JsonNode expected = golden.expected.get("points");
        PointCloud cloud = golden.lift().pointCloud();
        byte[] ours = PlyFile.encode(cloud);
        String header = new String(ours, 0, 60, StandardCharsets.US_ASCII);
        assertThat(header).startsWith("ply\nformat binary_little_endian 1.0\ncomment axes OPENGL");
        int comment = "comment axes OPENGL x right y up z backward\n".length();
        assertThat(ours.length - comment).isEqualTo(expected.get("ply_bytes").asInt());
        assertThat(GoldenData.sha256(withoutComment(ours, comment)))
                .isEqualTo(expected.get("ply_sha256").asText());
    }

    private static byte[] withoutComment(byte[] ply, int comment) {
        int start = "ply\nformat binary_little_endian 1.0\n".length();
        byte[] rest = new byte[ply.length - comment];
        System.arraycopy(ply, 0, rest, 0, start);
        System.arraycopy(ply, start + comment, rest, start, rest.length - start);
        return rest;
    }

    private static void assertCloudIsRounded(
            PointCloud cloud, List<double[]> points, byte[] colours) {
        assertThat(cloud.axes()).isEqualTo(Axes.OPENGL);
        assertThat(cloud.count()).isEqualTo(points.size());
        for (int i = 0; i < points.size(); i++) {
            double[] point = points.get(i);
            boolean same =
                    cloud.x(i) == (float) point[0]
                            && cloud.y(i) == (float) point[1]
                            && cloud.z(i) == (float) point[2]
                            && cloud.red(i) == (colours[3 * i] & 0xff)
                            && cloud.green(i) == (colours[3 * i + 1] & 0xff)
                            && cloud.blue(i) == (colours[3 * i + 2] & 0xff);
            assertThat(same).as("point %d", i).isTrue();
        }
    }

    /** One case: its inputs, and what the original made of them. */
    private static final class Golden {
        private final byte[] encoded;
        private final RgbImage image;
        private final float[] depth;
        private final JsonNode config;
        private final JsonNode expected;

        Golden(String name) {
            String folder = "handler/" + name;
            encoded = GoldenData.bytes(folder + "/image.png");
            image = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS).decode(encoded);
            depth = GoldenData.depth(folder);
            config = GoldenData.indexOf(name).get("config");
            expected = GoldenData.json(folder + "/expected.json").get("headx");
        }

        DepthEstimationResult lift() {
            return DepthEstimation.withoutModels()
                    .run(
                            DepthEstimationCommand.ofImage(encoded)
                                    .suppliedDepth(
                                            new SuppliedDepth.Floats(
                                                    image.width(), image.height(), depth))
                                    .returnDepthImage(true)
                                    .returnPointCloud(true)
                                    .advancedConfig(advancedConfig())
                                    .build());
        }

        void unproject(PointSink sink) {
            float[] metres = new float[depth.length];
            mapping().write(depth, metres);
            Intrinsics intrinsics = parameters().intrinsics();
            Unprojector unprojector =
                    new Unprojector(intrinsics, Axes.OPENGL, parameters().depthTrunc());
            int[] counts = unprojector.countRows(metres, image.width(), image.height(), 1);
            unprojector.unproject(metres, image.width(), 1, counts, sink);
        }

        LinearMapping mapping() {
            return (LinearMapping)
                    MetresMapping.of(
                            DepthMapping.LINEAR,
                            DepthToMetres.of(parameters(), 1, DepthRange.ofFinite(depth)));
        }

        boolean isFinite() {
            return finiteValues() == depth.length;
        }

        int finiteValues() {
            return DepthRange.ofFinite(depth).measured();
        }

        private LiftingParameters parameters() {
            return LiftingParameters.of(
                    advancedConfig(),
                    DefaultIntrinsics.PRIME_SENSE.forImage(image.width(), image.height()),
                    DepthMapping.LINEAR,
                    null);
        }

        private DepthEstimationAdvanceConfig advancedConfig() {
            return DepthEstimationAdvanceConfig.builder()
                    .fx(value("fx"))
                    .fy(value("fy"))
                    .cx(value("cx"))
                    .cy(value("cy"))
                    .depthScale(value("depth_scale"))
                    .depthTrunc(value("depth_trunc"))
                    .depthMapping(DepthMapping.LINEAR)
                    .axes(Axes.OPENGL)
                    .build();
        }

        private Double value(String field) {
            return config.has(field) ? (Double) config.get(field).asDouble() : null;
        }
    }
}
