package io.liftstream.cli.scenes;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.scenes.SceneDataSet;
import io.liftstream.scenes.SceneFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a set of rendered scenes with their true depth, for training and for measuring. */
@Command(
        name = "scenes",
        mixinStandardHelpOptions = true,
        description = "Render scenes with true depth into NumPy files.",
        footer = {
            "",
            "Examples:",
            "  liftstream scenes --seed 1 --count 40000 --size 128x96 --out scenes/train",
            "  liftstream scenes --seed 1001 --count 400 --families CORRIDOR,FURNITURE --out held-out",
            "",
            "Writes rgb.npy (uint8 [n,h,w,3]), depth.npy (float32 metres [n,h,w], inf = sky),",
            "intrinsics.npy (fx fy cx cy) and family.npy."
        })
public final class ScenesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides every scene (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--count",
            defaultValue = "1000",
            description = "Number of pictures (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--size",
            defaultValue = "256x192",
            description = "Width x height, pixels (default: ${DEFAULT-VALUE}).")
    private String size;

    @Option(names = "--out", required = true, description = "Directory to write to.")
    private Path out;

    @Option(
            names = "--families",
            split = ",",
            description =
                    "Kinds of place, in turn: ${COMPLETION-CANDIDATES}"
                            + " (default: those that the bundled model is trained on).")
    private List<SceneFamily> families = SceneFamily.trainedFamilies();

    @Option(
            names = "--threads",
            description = "Pictures rendered at the same time (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws Exception {
        SceneDataSet set = dataSet();
        try (ProgressDisplay progress = ProgressDisplay.of("Rendering", count, "scene")) {
            set.write(out, threads, progress::reached);
        }
        return ExitCode.OK;
    }

    private SceneDataSet dataSet() {
        String[] sides = size.split("x", -1);
        try {
            if (sides.length != 2 || threads < 1) {
                throw new IllegalArgumentException(
                        threads < 1
                                ? "--threads is " + threads + ": at least 1"
                                : "--size is " + size + ": WIDTHxHEIGHT, for example 256x192");
            }
            int width = Integer.parseInt(sides[0]);
            int height = Integer.parseInt(sides[1]);
            return new SceneDataSet(seed, count, width, height, families);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--size is " + size + ": WIDTHxHEIGHT, for example 256x192",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
