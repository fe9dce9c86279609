package io.liftstream.cli.job;

import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.JobValidation;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.network.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs the job on a Flink inside this process. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the job on a Flink inside this process until it ends or is interrupted.",
            "Reports on standard error the frames' results every 10 s, and problems at once.",
            "For a cluster, submit target/liftstream-<version>.jar (deploy/README.md).",
            "With --validate, --print-config or --print-plan it submits nothing, and exits with 2 if there"
                    + " are errors."
        },
        footer = {
            "",
            "Every option of conf/README.md can follow CONFIG.yaml as --key value.",
            "",
            "Examples:",
            "  liftstream job conf/local.yaml",
            "  liftstream job conf/live.yaml --kafka.bootstrap-servers broker:9092 --batching.max-frames 8",
            "  liftstream job conf/replay.yaml --topics.depth my.replay --source.start earliest"
        })
public final class JobCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CONFIG.yaml", description = "Configuration file; see conf/.")
    private Path configuration;

    @ArgGroup(exclusive = true)
    private JobInspection inspection;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        if (inspection != null) {
            inspection.run(configuration, overrides, spec.commandLine().getOut());
            return ExitCode.OK;
        }
        JobSettings settings = settings();
        ExecutionProvider provider = LocalPreflight.require(settings);
        new WatchedRun(settings, spec.commandLine().getErr()).run(provider);
        return ExitCode.OK;
    }

    /** Whoever mends one thing wants to know of the others, whichever stage would find them. */
    private JobSettings settings() throws IOException {
        JobOverrides flink = LocalJob.flinkOptions();
        try {
            JobSettings settings =
                    JobSettingsReader.read(
                            ConfigurationLoader.layers(configuration, overrides)
                                    .with(flink, new JobOverrides()));
            LiftstreamJob.environment(settings);
            return settings;
        } catch (InvalidConfigurationException e) {
            JobValidation.require(configuration, overrides, flink, LocalPreflight::problems);
            throw e;
        }
    }
}
