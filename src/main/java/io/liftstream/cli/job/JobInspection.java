package io.liftstream.cli.job;

import io.liftstream.job.ConfigurationLayers;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.ConfigurationText;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.JobValidation;
import io.liftstream.job.LiftstreamJob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Option;

/** What can be asked of a job without submitting it. */
final class JobInspection {

    @Option(
            names = "--validate",
            description =
                    "Report all errors in the configuration, brokers, topics and models, and"
                            + " submit nothing.")
    private boolean validate;

    @Option(
            names = "--print-config",
            description =
                    "Print the configuration, file and overrides merged, as YAML: sorted, secrets masked,"
                            + " defaults as comments. Submit nothing.")
    private boolean printConfiguration;

    @Option(
            names = "--print-plan",
            description = "Print Flink's execution plan as JSON, and submit nothing.")
    private boolean printPlan;

    /**
     * Does what was asked.
     *
     * @param file of the configuration
     * @param words of the user for the job
     * @param out gets what is printed
     * @throws io.liftstream.job.InvalidConfigurationException with every problem found
     * @throws IOException where this machine has no port left
     */
    void run(Path file, List<String> words, PrintWriter out) throws IOException {
        if (validate) {
            JobValidation.require(file, words, LocalJob.flinkOptions(), LocalPreflight::problems);
            out.println("No errors in " + file + "; nothing was submitted.");
            return;
        }
        ConfigurationLayers layers = ConfigurationLoader.layers(file, words);
        if (printConfiguration) {
            out.print(ConfigurationText.of(layers.merged()));
            out.flush();
        }
        JobSettings settings =
                JobSettingsReader.read(layers.with(LocalJob.flinkOptions(), new JobOverrides()));
        if (printPlan) {
            out.println(plan(settings));
        }
    }

    private static String plan(JobSettings settings) {
        StreamExecutionEnvironment env = LiftstreamJob.environment(settings);
        LiftstreamJob.define(env, settings);
        return env.getExecutionPlan();
    }
}
