package io.liftstream.cli.job;

import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.frame.LiftingException;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import io.liftstream.stream.EstimateDepth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
            "For a cluster, submit target/liftstream-<version>.jar (deploy/README.md)."
        },
        footer = {
            "",
            "Every option of conf/README.md can follow as --key value.",
            "",
            "Examples:",
            "  liftstream job conf/local.yaml",
            "  liftstream job conf/live.yaml --kafka.bootstrap-servers broker:9092 --batching.max-frames 8",
            "  liftstream job conf/replay.yaml --topics.depth my.replay --source.start earliest"
        })
public final class JobCommand implements Callable<Integer> {

    /** Flink's REST server accepts jobs from whoever reaches it, so nobody else does. */
    public static final List<String> LOCAL_FLINK =
            List.of(
                    "--flink.rest.address", "127.0.0.1",
                    "--flink.rest.bind-address", "127.0.0.1",
                    "--flink.web.submit.enable", "false");

    @Parameters(paramLabel = "CONFIG.yaml", description = "Configuration file; see conf/.")
    private Path configuration;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        ConfigurationWords.requireKeys(spec, overrides);
        List<String> words = new ArrayList<>();
        words.add(configuration.toString());
        words.addAll(LOCAL_FLINK);
        words.addAll(overrides);
        JobSettings settings = JobSettingsReader.read(LiftstreamJob.configuration(words));
        requireModels(settings);
        spec.commandLine()
                .getOut()
                .printf(
                        "%s (%s) reads %s, writes %s and %s on %s.%s%n",
                        settings.name(),
                        settings.mode(),
                        settings.framesTopic(),
                        settings.depthTopic(),
                        settings.rejectedTopic(),
                        settings.kafka().bootstrapServers(),
                        settings.mode() == JobMode.LIVE ? " Ctrl-C ends it." : "");
        LiftstreamJob.run(settings);
        return ExitCode.OK;
    }

    /**
     * Opens the models once: a task that cannot would be started again and again.
     *
     * @throws InvalidConfigurationException naming the model that cannot be used, and why
     */
    public static void requireModels(JobSettings settings) {
        requireModelFile(settings);
        try {
            EstimateDepth.tryModels(settings.topology().estimate());
        } catch (LiftingException e) {
            throw new InvalidConfigurationException(
                    List.of("option model.default or models.allowed: " + e.getMessage()));
        }
    }

    /**
     * On a cluster the file is the task managers' to have; here it is this machine's.
     *
     * @throws InvalidConfigurationException where it is not there
     */
    public static void requireModelFile(JobSettings settings) {
        String model = settings.topology().estimate().defaultModel();
        boolean named = model.contains("/") && !model.contains("://");
        if (named && !Files.isRegularFile(Path.of(model))) {
            throw new InvalidConfigurationException(
                    List.of("option model.default is " + model + ": there is no such file"));
        }
    }
}
