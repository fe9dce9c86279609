package io.liftstream.cli.lift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.ResultFiles;
import io.liftstream.files.GlbFile;
import io.liftstream.files.MeshPlyFile;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.LiftingStep;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The lifting library without Kafka or Flink. */
@Command(
        name = "lift",
        mixinStandardHelpOptions = true,
        description = {
            "Lifts images into depth maps and point clouds, without Kafka or Flink.",
            "Writes DIR/<image name>.depth.npy (float32), .depth.png (16 bit), .ply (binary), .glb and"
                    + " .mesh.ply (mesh), and one"
                    + " line of JSON per image on standard output. No two images may have one name,"
                    + " whatever their folders."
        },
        footer = {
            "",
            "Examples:",
            "  liftstream lift photo.jpg --out lifted --point-cloud",
            "  liftstream lift *.jpg --out lifted --html lifted.html",
            "  liftstream lift *.jpg --out lifted --model depth-anything-v2-small.onnx --depth-image",
            "  liftstream lift photo.png --out lifted --depth sensor.png --depth-scale 1000 --point-cloud"
        })
public final class LiftCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_PER_MILLI = 1e6;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
    private List<Path> images;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where files go.")
    private Path out;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write one page with each image, its depth and its cloud to turn (at most 100,000"
                            + " points each). It opens from disk, without network or server.")
    private Path html;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            description = "Catalogue name, .onnx, .pth or .pt. Default: the catalogue's default.")
    private String model;

    @Option(
            names = "--depth",
            paramLabel = "FILE",
            description = "Lift this depth map instead: float32 [H][W] .npy, or 16-bit .png.")
    private Path depth;

    @Option(names = "--depth-image", description = "Write the 16-bit depth image.")
    private boolean depthImage;

    @Option(names = "--point-cloud", description = "Write the point cloud.")
    private boolean pointCloud;

    @Option(names = "--mesh", description = "Write the mesh.")
    private boolean mesh;

    @Option(names = "--mesh-step", description = "Pixels between vertices: 1, 2, 4. Default: 2.")
    private Integer meshStep;

    @Option(
            names = "--edge-filter",
            description = "Drop points at jumps of this share, such as 0.04. Default: 0, none.")
    private Double edgeFilter;

    @Option(names = "--fx", description = "Focal length, pixels. Default: 525.")
    private Double fx;

    @Option(names = "--fy", description = "Focal length, pixels. Default: 525.")
    private Double fy;

    @Option(names = "--cx", description = "Principal point, pixels. Default: 319.5.")
    private Double cx;

    @Option(names = "--cy", description = "Principal point, pixels. Default: 239.5.")
    private Double cy;

    @Option(names = "--depth-scale", description = "Raw uint16 depth per metre. Default: 1000.")
    private Double depthScale;

    @Option(names = "--depth-trunc", description = "Metres; farther is dropped. Default: 10.")
    private Double depthTrunc;

    @Option(names = "--near", description = "Metres (inverse). Default: 0.5.")
    private Double near;

    @Option(names = "--far", description = "Metres (inverse). Default: depth-trunc.")
    private Double far;

    @Option(
            names = "--catalogue",
            paramLabel = "MODELS.yaml",
            description = "The catalogue; the bundled one if not given.")
    private Path catalogue;

    @Option(
            names = "--depth-mapping",
            description = "${COMPLETION-CANDIDATES}. Default: the model's.")
    private DepthMapping depthMapping;

    @Option(names = "--axes", description = "${COMPLETION-CANDIDATES}. Default: OPTICAL.")
    private Axes axes;

    private long decodeNanos;

    @Override
    public Integer call() throws IOException {
        requireDifferentNames();
        Files.createDirectories(out);
        boolean all = true;
        try (DepthModels models = models();
                DepthEstimation estimation =
                        new DepthEstimation(models, DefaultIntrinsics.PRIME_SENSE, this::noteStep);
                LiftPage page = html == null ? null : new LiftPage(html)) {
            for (Path image : images) {
                all &= lifted(estimation, image, page);
            }
        }
        return all ? ExitCode.OK : ExitCode.FAILED;
    }

    private DepthModels models() {
        if (catalogue == null) {
            return DepthModels.openDefault();
        }
        ModelCatalogue models = ModelCatalogue.read(catalogue);
        return new DepthModels(
                models,
                ModelStore.openDefault(),
                ExecutionSettings.defaults(),
                models.defaultModel());
    }

    /** Files are named by their image, so the later of two would overwrite the earlier's. */
    private void requireDifferentNames() {
        Map<Path, Path> firsts = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (Path image : images) {
            Path first = firsts.putIfAbsent(image.getFileName(), image);
            if (first != null) {
                problems.add(
                        first
                                + " and "
                                + image
                                + " would both be written to "
                                + out.resolve(image.getFileName())
                                + ".*: lift each with an --out of its own");
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }

    /** One bad image does not keep the others from being lifted. */
    private boolean lifted(DepthEstimation estimation, Path image, LiftPage page)
            throws IOException {
        try {
            lift(estimation, image, page);
            return true;
        } catch (io.liftstream.frame.LiftingException e) {
            System.err.println(image + ": " + e.getMessage());
            if (page != null) {
                page.addFailure(image, e.getMessage());
            }
            return false;
        }
    }

    private void lift(DepthEstimation estimation, Path image, LiftPage page) throws IOException {
        long start = System.nanoTime();
        DepthEstimationResult result = estimation.run(command(image));
        long estimated = System.nanoTime();
        write(image, result);
        if (page != null) {
            page.add(image, result);
        }
        ObjectNode line = JSON.createObjectNode();
        line.put("input", image.toString());
        line.put("width", result.width());
        line.put("height", result.height());
        line.put("min_depth", result.minDepth());
        line.put("max_depth", result.maxDepth());
        line.put("backend_used", result.backendUsed());
        line.put("points", result.pointCloud() == null ? 0 : result.pointCloud().count());
        line.put("triangles", result.mesh() == null ? 0 : result.mesh().triangleCount());
        ObjectNode stages = line.putObject("milliseconds");
        stages.put("decode", decodeNanos / NANOS_PER_MILLI);
        stages.put("estimate", (estimated - start - decodeNanos) / NANOS_PER_MILLI);
        stages.put("write", (System.nanoTime() - estimated) / NANOS_PER_MILLI);
        System.out.println(JSON.writeValueAsString(line));
    }

    private void write(Path image, DepthEstimationResult result) throws IOException {
        String name = image.getFileName().toString();
        ResultFiles.writeDepth(out, name, result);
        if (pointCloud) {
            ResultFiles.writeCloud(out, name, result);
        }
        if (mesh) {
            RgbImage picture =
                    new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS)
                            .decode(Files.readAllBytes(image));
            ResultFiles.writeGlb(out, name, GlbFile.encode(result.mesh(), picture));
            Files.write(
                    out.resolve(name + ".mesh.ply"), MeshPlyFile.encode(result.mesh(), picture));
        }
    }

    private void noteStep(LiftingStep step, int ofImages, long nanos) {
        if (step == LiftingStep.PREPARE) {
            decodeNanos = nanos;
        }
    }

    private DepthEstimationCommand command(Path image) throws IOException {
        return DepthEstimationCommand.ofPath(image)
                .modelBackend(model)
                .returnDepthImage(depthImage)
                .returnPointCloud(pointCloud || html != null)
                .returnMesh(mesh)
                .advancedConfig(
                        DepthEstimationAdvanceConfig.builder()
                                .fx(fx)
                                .fy(fy)
                                .cx(cx)
                                .cy(cy)
                                .depthScale(depthScale)
                                .depthTrunc(depthTrunc)
                                .near(near)
                                .far(far)
                                .depthMapping(depthMapping)
                                .axes(axes)
                                .edgeFilter(edgeFilter)
                                .meshStep(meshStep)
                                .build())
                .suppliedDepth(depth == null ? null : SuppliedDepthFile.read(depth))
                .build();
    }
}
