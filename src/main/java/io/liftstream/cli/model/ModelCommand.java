package io.liftstream.cli.model;

import io.liftstream.cli.console.DownloadDisplay;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.model.catalogue.CatalogueEntry;
import io.liftstream.model.catalogue.CheckpointSource;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.model.catalogue.ModelResolver;
import io.liftstream.model.catalogue.ResolvedModel;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.store.DownloadSettings;
import io.liftstream.model.store.ModelStore;
import io.liftstream.network.DepthModels;
import io.liftstream.network.DepthNetwork;
import io.liftstream.network.ExecutionSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code liftstream model}: what models there are, fetched, looked into, checked, verified,
 * converted.
 */
@Command(
        name = "model",
        description = "Models: list, pull, inspect, check, verify, convert.",
        mixinStandardHelpOptions = true,
        subcommands = {ConvertCommand.class, CheckCommand.class},
        footer = {
            "",
            "Examples:",
            "  liftstream model list",
            "  liftstream model pull depth-anything-v2-small",
            "  liftstream model inspect my-rooms --catalogue my-models.yaml",
            "  liftstream model convert my-finetuned.pth my-rooms.onnx --metric 20",
            "  liftstream model check depth-anything-v2-small --provider cuda",
            "  liftstream model verify"
        })
public final class ModelCommand {
    static final String BACKEND =
            "A catalogue name, a path to an .onnx, .pth, .pt, .ckpt or .safetensors file, or an"
                    + " https:// address.";

    @Spec private CommandSpec spec;

    @Option(
            names = "--catalogue",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "The catalogue; the bundled one if not given.")
    private Path catalogueFile;

    @Option(
            names = "--cache",
            scope = ScopeType.INHERIT,
            paramLabel = "FOLDER",
            description =
                    "Where models are kept; LIFTSTREAM_MODEL_CACHE or ~/.cache/liftstream/models if"
                            + " not given.")
    private Path cacheFolder;

    /**
     * Lists the catalogue and what of it is on this machine.
     *
     * @return the process's exit code
     * @throws IOException where the cache cannot be read
     */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the models known by name.")
    public int list() throws IOException {
        ModelStore store = store();
        Set<String> kept = Set.copyOf(store.contents().values());
        Map<String, String> pins = store.pins();
        ModelCatalogue catalogue = catalogue();
        for (CatalogueEntry entry : catalogue.entries()) {
            String mark = entry.name().equals(catalogue.defaultModel()) ? "*" : " ";
            out().printf(
                            Locale.ROOT,
                            "%s %-40s %-14s %-16s %s%n",
                            mark,
                            entry.name(),
                            entry.facts().licence(),
                            place(entry, kept, pins),
                            entry.commercialUse() ? "" : "no commercial use");
        }
        return ExitCode.OK;
    }

    private static String place(CatalogueEntry entry, Set<String> kept, Map<String, String> pins) {
        if (entry.source().startsWith("resource:")) {
            return "bundled";
        }
        if (!entry.source().contains("://")) {
            return Files.exists(Path.of(entry.source())) ? "local" : "missing";
        }
        String sha256 = entry.sha256() != null ? entry.sha256() : pins.get(entry.source());
        return sha256 != null && kept.contains(sha256) ? "downloaded" : "not downloaded";
    }

    /**
     * Fetches a model, and converts it if it is a checkpoint.
     *
     * @param model a catalogue name, an address or a path
     * @return the process's exit code
     * @throws IOException where the cache cannot be written
     */
    @Command(
            name = "pull",
            mixinStandardHelpOptions = true,
            description = "Fetch a model, and convert it if it is a checkpoint.")
    public int pull(@Parameters(paramLabel = "MODEL", description = BACKEND) String model)
            throws IOException {
        out().println(resolver().resolve(model).file());
        return ExitCode.OK;
    }

    /**
     * Opens a model and tells what is known about it.
     *
     * @param model a catalogue name, an address or a path
     * @return the process's exit code
     * @throws IOException where the cache cannot be written
     */
    @Command(
            name = "inspect",
            mixinStandardHelpOptions = true,
            description = "Open a model and print its metadata.")
    public int inspect(@Parameters(paramLabel = "MODEL", description = BACKEND) String model)
            throws IOException {
        ResolvedModel found = resolver().resolve(model);
        try (DepthNetwork network =
                DepthNetwork.open(found.file(), found.facts(), ExecutionSettings.cpu(0))) {
            print(network.facts(), found.checkpoint());
        }
        return ExitCode.OK;
    }

    private void print(ModelFacts facts, CheckpointSource checkpoint) {
        fact("name", facts.name());
        fact("sha256", checkpoint == null ? facts.sha256() : checkpoint.sha256());
        if (checkpoint != null) {
            fact("checkpoint", checkpoint.kind() + " (" + checkpoint.statedBy() + ")");
        }
        fact("results say", facts.backendUsed());
        fact("file", facts.file());
        fact("licence", facts.licence());
        fact("input-size", FactsText.inputSize(facts.inputSize()));
        fact("normalisation", facts.tensorFormat());
        fact("output", facts.output().text());
        fact("unit-factor", facts.unitFactor());
        if (facts.maxDepth() != null) {
            fact("max-depth", facts.maxDepth() + " m");
        }
        fact("mapping", facts.defaultMapping());
    }

    private void fact(String name, Object value) {
        out().printf(Locale.ROOT, "%-14s %s%n", name, value);
    }

    /**
     * Reads everything in the cache again and holds it against its hash.
     *
     * @return the process's exit code, a failure where a file is damaged
     * @throws IOException where the cache cannot be read
     */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Check every file of the cache against its hash.")
    public int verify() throws IOException {
        int damaged = 0;
        for (Map.Entry<Path, String> kept : store().contents().entrySet()) {
            boolean sound = ModelStore.isSound(kept.getKey(), kept.getValue());
            damaged += sound ? 0 : 1;
            out().printf(Locale.ROOT, "%-8s %s%n", sound ? "sound" : "DAMAGED", kept.getKey());
        }
        if (damaged > 0) {
            spec.commandLine()
                    .getErr()
                    .println(damaged + " damaged; the next use fetches them again");
        }
        return damaged == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The catalogue that was asked for, or the bundled one. */
    ModelCatalogue catalogue() {
        return catalogueFile == null
                ? ModelCatalogue.bundled()
                : ModelCatalogue.read(catalogueFile);
    }

    /** Networks of this catalogue and cache. */
    DepthModels networks(ExecutionSettings settings, String defaultModel) {
        return new DepthModels(catalogue(), store(), settings, defaultModel);
    }

    private ModelStore store() {
        Path folder = cacheFolder == null ? ModelStore.defaultFolder() : cacheFolder;
        return new ModelStore(folder, DownloadSettings.ofEnvironment(), DownloadDisplay::watch);
    }

    private ModelResolver resolver() {
        return new ModelResolver(catalogue(), store());
    }
}
