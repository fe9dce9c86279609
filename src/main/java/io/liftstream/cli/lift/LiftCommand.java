package io.liftstream.cli.lift;

import io.liftstream.cli.console.DownloadDisplay;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.ImageFiles;
import io.liftstream.cli.console.Interruption;
import io.liftstream.cli.console.OutFolder;
import io.liftstream.cli.console.OutputFolder;
import io.liftstream.cli.console.ResultFiles;
import io.liftstream.cli.page.PagePictures;
import io.liftstream.files.GlbFile;
import io.liftstream.files.MeshPlyFile;
import io.liftstream.files.WholeFile;
import io.liftstream.frame.ForeignText;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.LiftingStep;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionProvider;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.network.NetworkLease;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The lifting library without Kafka or Flink. */
@Command(
        name = "lift",
        mixinStandardHelpOptions = true,
        description = {
            "Lifts images into depth maps and point clouds, without Kafka or Flink.",
            "Writes DIR/<image name>.depth.npy (float32), .depth.jpg (in colours, near is bright),"
                    + " .depth.png (16 bit), .ply (binary), .glb and .mesh.ply (mesh), and one line"
                    + " of JSON per image on standard output. No two images may have one name, whatever their folders."
        },
        footer = {
            "",
            "Examples:",
            "  liftstream lift photo.jpg --out lifted --point-cloud",
            "  liftstream lift *.jpg --out lifted --html lifted.html",
            "  liftstream lift *.jpg --out lifted --model depth-anything-v2-small.onnx --depth-image",
            "  liftstream lift photos --out lifted --point-cloud",
            "  liftstream lift photo.png --out lifted --depth sensor.png --depth-scale 1000 --point-cloud",
            "  liftstream lift colour/*.png --out lifted --depth depth --depth-hole 65535 --point-cloud"
        })
public final class LiftCommand implements Callable<Integer> {
    private static final long BYTES_PER_MEBIBYTE = 1L << 20;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Image files, and folders of them.")
    private List<Path> given;

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
            description =
                    "Catalogue name, or an .onnx, .pth, .pt, .ckpt or .safetensors file. Default: the"
                            + " catalogue's default.")
    private String model;

    @Option(
            names = "--depth",
            paramLabel = "FILE|DIR",
            description =
                    "Lift this depth map instead: .npy (floats are metres, integers raw depth), 16-bit"
                            + " .png, .tif (16 bits or floats), or ROS compressedDepth. Repeat it for"
                            + " one file per image, or give a folder of files named like the images.")
    private List<Path> depth = List.of();

    @Option(
            names = "--depth-hole",
            paramLabel = "VALUE",
            description =
                    "Value in the depth files that means no measurement, besides 0; many cameras"
                            + " write 65535.")
    private Double depthHole;

    @Option(names = "--depth-image", description = "Write the 16-bit depth image.")
    private boolean depthImage;

    @Option(names = "--point-cloud", description = "Write the point cloud.")
    private boolean pointCloud;

    @Option(names = "--mesh", description = "Write the mesh.")
    private boolean mesh;

    @Option(
            names = "--catalogue",
            paramLabel = "MODELS.yaml",
            description = "The catalogue; the bundled one if not given.")
    private Path catalogue;

    @Option(
            names = "--provider",
            description =
                    "What computes the network: ${COMPLETION-CANDIDATES}. Default: AUTO, a GPU where"
                            + " there is one.")
    private ExecutionProvider provider;

    @Mixin private PictureArguments pictures;

    @Mixin private LiftingArguments lifting;

    private final Set<String> remarks = new HashSet<>();
    private long decodeNanos;

    @Override
    public Integer call() throws IOException {
        LiftedFiles files = LiftedFiles.of(given, out);
        List<Path> images = files.images();
        requireDepthForHole();
        remarkUnusedModel();
        DepthEstimationAdvanceConfig config = lifting.config();
        DepthFiles depthFiles = DepthFiles.of(depth, images.size());
        files.remarks().forEach(this::say);
        ImageDecoder decoder = decoder();
        Set<Integer> codes = new HashSet<>();
        AtomicInteger done = new AtomicInteger();
        try (OutFolder folder = OutFolder.open(out);
                DepthModels models = models();
                DepthEstimation estimation =
                        new DepthEstimation(
                                models,
                                decoder,
                                DefaultIntrinsics.SCALED_TO_IMAGE,
                                this::noteStep);
                LiftPage page = page(decoder);
                Interruption told =
                        Interruption.toldOf(
                                err(), () -> done + " of " + images.size() + " images are done")) {
            if (depthFiles.isEmpty()) {
                requireModel(models);
            }
            for (int i = 0; i < images.size(); i++) {
                codes.add(lifted(estimation, new Lift(images.get(i), i, depthFiles, config), page));
                done.incrementAndGet();
            }
        }
        // Where no image can be lifted, what was given is wrong.
        return codes.size() == 1 ? codes.iterator().next() : ExitCode.FAILED;
    }

    private void requireDepthForHole() {
        if (depthHole != null && depth.isEmpty()) {
            throw new InvalidConfigurationException(
                    List.of("--depth-hole is for depth files: give them with --depth"));
        }
    }

    private void remarkUnusedModel() {
        if (model != null && !depth.isEmpty()) {
            err().println("--model " + model + " is not used: --depth takes its place");
        }
        if (provider != null && !depth.isEmpty()) {
            err().println("--provider is not used: with --depth, no network runs");
        }
    }

    /** Null where none is asked for. */
    private LiftPage page(ImageDecoder decoder) throws IOException {
        if (html == null) {
            return null;
        }
        OutputFolder.require("--html " + html, html);
        return new LiftPage(html, decoder);
    }

    /** A model that cannot be opened is no image's fault, and said once. */
    private void requireModel(DepthModels models) {
        try (NetworkLease lease = models.lend(model)) {
            lease.network();
        } catch (LiftingException e) {
            throw new InvalidConfigurationException(List.of(refusal(e)));
        }
    }

    private String refusal(LiftingException e) {
        if (e.field().equals("provider")) {
            return e.named("--provider").getMessage();
        }
        if (e instanceof ModelException refused && refused.isOfTheModel()) {
            return (model == null ? e.named("the default model") : e.ofOption("--model", model))
                    .getMessage();
        }
        String name = model == null ? "the default model" : "--model " + model;
        return name + ": " + e.getMessage();
    }

    /** A depth file has no orientation of its own: its pixels are those that are stored. */
    private ImageDecoder decoder() {
        return depth.isEmpty() ? pictures.decoder() : pictures.storedPixels();
    }

    private DepthModels models() {
        if (catalogue != null && Files.notExists(catalogue)) {
            throw new InvalidConfigurationException(
                    List.of("--catalogue " + catalogue + ": there is no such file"));
        }
        ModelCatalogue models =
                catalogue == null ? ModelCatalogue.bundled() : ModelCatalogue.read(catalogue);
        return new DepthModels(
                models,
                ModelStore.openDefault(DownloadDisplay::watch),
                ExecutionSettings.on(provider == null ? ExecutionProvider.AUTO : provider),
                models.defaultModel());
    }

    /** One bad image does not keep the others from being lifted. */
    private int lifted(DepthEstimation estimation, Lift lift, LiftPage page) throws IOException {
        String fault;
        int code = ExitCode.FAILED;
        try {
            lift(estimation, lift, page);
            return ExitCode.OK;
        } catch (LiftingException e) {
            fault = faultOf(lift, e);
            code = ExitCode.of(e);
        } catch (OutOfMemoryError e) {
            fault = tooLarge();
        }
        say(lift.image + ": " + fault);
        if (page != null) {
            page.addFailure(lift.image, fault);
        }
        return code;
    }

    /** Of two files, the one at fault; and by the names that the user gave. */
    private static String faultOf(Lift lift, LiftingException e) {
        if (e.field().startsWith("supplied_depth")) {
            String part = e.field().substring("supplied_depth".length());
            return e.named("--depth " + lift.depthFile() + part).getMessage();
        }
        return ImageFiles.fault(e);
    }

    private static String tooLarge() {
        long heap = Runtime.getRuntime().maxMemory() / BYTES_PER_MEBIBYTE;
        return "the image is too large for the memory that Java may use, "
                + heap
                + " MB: set LIFTSTREAM_JAVA_OPTS=-Xmx"
                + 2 * heap
                + "m, or make the image smaller";
    }

    private void lift(DepthEstimation estimation, Lift lift, LiftPage page) throws IOException {
        long start = System.nanoTime();
        SuppliedDepth supplied = suppliedDepth(lift);
        DepthEstimationResult result = estimation.run(command(lift, supplied));
        long estimated = System.nanoTime();
        List<Path> written = write(lift.image, result);
        if (page != null) {
            page.add(lift.image, result);
        }
        LiftReport report = new LiftReport(lift.image, lift.depthFile(), result);
        out().println(
                        report.json(
                                pictures.orientation(lift.image, depth.isEmpty()),
                                lifting.intrinsicsSource(),
                                written,
                                decodeNanos,
                                estimated - start - decodeNanos,
                                System.nanoTime() - estimated));
        lifting.unused(result.depthMapping(), mesh).stream()
                .filter(remarks::add)
                .forEach(this::say);
        report.remarks().forEach(this::say);
        if (supplied != null) {
            depthRules().remark(lift.depthFile(), supplied).ifPresent(this::say);
        }
    }

    private List<Path> write(Path image, DepthEstimationResult result) throws IOException {
        String name = image.getFileName().toString();
        List<Path> written = ResultFiles.writeDepth(out, name, result);
        Path picture = out.resolve(name + ".depth.jpg");
        WholeFile.write(
                picture, PagePictures.ofDepth(result, Math.max(result.width(), result.height())));
        written.add(picture);
        if (pointCloud) {
            ResultFiles.writeCloud(out, name, result);
            written.add(out.resolve(name + ".ply"));
        }
        if (mesh) {
            RgbImage colours = decoder().decode(Files.readAllBytes(image));
            ResultFiles.writeGlb(out, name, GlbFile.encode(result.mesh(), colours));
            Path ply = out.resolve(name + ".mesh.ply");
            WholeFile.write(ply, MeshPlyFile.encode(result.mesh(), colours));
            written.addAll(List.of(out.resolve(name + ".glb"), ply));
        }
        return written;
    }

    private void noteStep(LiftingStep step, int ofImages, long nanos) {
        if (step == LiftingStep.PREPARE) {
            decodeNanos = nanos;
        }
    }

    private DepthEstimationCommand command(Lift lift, SuppliedDepth supplied) {
        return DepthEstimationCommand.ofPath(lift.image)
                .modelBackend(model)
                .returnDepthImage(depthImage)
                .returnPointCloud(pointCloud || html != null)
                .returnMesh(mesh)
                .advancedConfig(lift.config)
                .suppliedDepth(supplied)
                .build();
    }

    private SuppliedDepth suppliedDepth(Lift lift) {
        Path file = lift.depthFile();
        return file == null ? null : SuppliedDepthFile.read(file, depthRules());
    }

    private DepthFileRules depthRules() {
        return new DepthFileRules(depthHole, lifting.hasDepthScale());
    }

    /** Files are named by whoever made them. */
    private void say(String line) {
        err().println(ForeignText.printable(line));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** One image, its place among all, and how it is lifted. */
    private record Lift(
            Path image, int index, DepthFiles depthFiles, DepthEstimationAdvanceConfig config) {

        Path depthFile() {
            return depthFiles.of(index, image);
        }
    }
}
