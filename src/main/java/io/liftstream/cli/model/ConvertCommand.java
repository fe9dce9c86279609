package io.liftstream.cli.model;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.OutputFolder;
import io.liftstream.files.WholeFile;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.model.catalogue.CheckpointKinds;
import io.liftstream.model.catalogue.CheckpointSource;
import io.liftstream.model.checkpoint.AttentionForm;
import io.liftstream.model.checkpoint.CheckpointConverter;
import io.liftstream.model.checkpoint.CheckpointFamily;
import io.liftstream.model.checkpoint.ConversionSettings;
import io.liftstream.model.checkpoint.NetworkPrecision;
import io.liftstream.model.checkpoint.StatedConversion;
import io.liftstream.model.checkpoint.StatedKind;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.OutputMeaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code liftstream model convert}: turns a checkpoint into an ONNX file. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = {
            "Turn a Depth Anything V1 or V2 checkpoint into an ONNX file, without Python.",
            "Family and head cannot be read from the tensors: they are taken from the published file"
                    + " with the same hash or name, or from the options here; otherwise Depth Anything V2"
                    + " with a relative head is assumed, with a warning."
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @ParentCommand private ModelCommand model;

    @Parameters(
            index = "0",
            paramLabel = "CHECKPOINT",
            description = "A .pth, .pt, .ckpt or .safetensors file.")
    private Path checkpoint;

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description =
                    "The .onnx file to write; one that exists is replaced in one step, at the end.")
    private Path target;

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "depth-anything-v1 or depth-anything-v2: which blocks the head reads.")
    private String family;

    @ArgGroup private Head head = new Head();

    @Option(
            names = "--taps",
            paramLabel = "BLOCKS",
            description =
                    "The four blocks that the head reads, counted from 0, where they are not the"
                            + " family's: 2,5,8,11.")
    private String taps;

    @Option(
            names = "--tensors",
            paramLabel = "PATH",
            description =
                    "Which network, where the file holds several: the keys in front of its"
                            + " tensors' names, for example state_dict_ema.")
    private String tensors;

    @Option(
            names = "--input-size",
            paramLabel = "RULE",
            defaultValue = "aspect:518:14",
            description =
                    "fixed:<height>x<width> for one size, or aspect:<side>:<multiple> for all"
                            + " (${DEFAULT-VALUE}).")
    private String inputSize;

    @Option(
            names = "--precision",
            defaultValue = "FLOAT32",
            description =
                    "FLOAT32; FLOAT16_WEIGHTS, which halves the file; FLOAT16, which computes in"
                            + " float16 too, for GPUs (${DEFAULT-VALUE}).")
    private NetworkPrecision precision;

    @Option(
            names = "--attention",
            defaultValue = "FUSED",
            description =
                    "FUSED is faster in ONNX Runtime, PLAIN runs everywhere (${DEFAULT-VALUE}).")
    private AttentionForm attention;

    /** What the head's numbers say. */
    static final class Head {
        @Option(
                names = "--relative",
                description = "The checkpoint has a relative head: larger numbers are nearer.")
        private boolean relative;

        @Option(
                names = "--metric",
                paramLabel = "METRES",
                description =
                        "The checkpoint has a metric head that saturates at this depth (20 indoor,"
                                + " 80 outdoor).")
        private Double maxDepth;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(checkpoint)) {
            throw new ParameterException(
                    spec.commandLine(), checkpoint + ": there is no such file; name a checkpoint");
        }
        requireTarget();
        StatedConversion stated = new StatedConversion(stated(), tensors, precision);
        CheckpointSource source =
                new CheckpointKinds(model.catalogue())
                        .decideOrAssume(checkpoint, checkpoint.toString(), stated);
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%s is read as %s (%s)%n",
                        checkpoint.getFileName(),
                        source.kind(),
                        source.statedBy());
        if (source.isAssumed()) {
            warn();
        }
        ConversionSettings options =
                stated.options(source.kind(), FactsText.inputSize(inputSize)).with(attention);
        WholeFile.make(
                target,
                file -> CheckpointConverter.convert(checkpoint, source.sha256(), options, file));
        spec.commandLine().getOut().println(target);
        return ExitCode.OK;
    }

    /** A shell's *.pth gives a second checkpoint where the target belongs. */
    private void requireTarget() throws IOException {
        OutputFolder.require(target.toString(), target);
        if (Files.notExists(target)) {
            return;
        }
        if (!Files.isRegularFile(target)) {
            throw refusedTarget("it is a folder or a device");
        }
        if (CheckpointConverter.isCheckpoint(target)) {
            throw refusedTarget("it is a checkpoint, which would be replaced");
        }
    }

    private InvalidConfigurationException refusedTarget(String why) {
        return new InvalidConfigurationException(
                List.of(target + ": " + why + "; name the .onnx file to write"));
    }

    private void warn() {
        spec.commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "WARNING: neither the hash nor the name of %s is that of a published"
                                + " checkpoint, and no tensor shows what it computes. If the"
                                + " assumption is wrong, distances are wrong or far and near change"
                                + " places: state --family, and --relative or --metric METRES.%n",
                        checkpoint.getFileName());
    }

    private StatedKind stated() {
        return new StatedKind(
                family == null ? null : CheckpointFamily.of(family),
                taps == null ? null : FactsText.blocks(taps),
                head.relative ? OutputMeaning.INVERSE_RELATIVE : null,
                head.maxDepth);
    }
}
