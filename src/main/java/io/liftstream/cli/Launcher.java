package io.liftstream.cli;

import io.liftstream.cli.audit.AuditCommand;
import io.liftstream.cli.bench.BenchCommand;
import io.liftstream.cli.broker.BrokerCommand;
import io.liftstream.cli.calibration.CalibrationCommand;
import io.liftstream.cli.cluster.ClusterCommand;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.FailureText;
import io.liftstream.cli.console.StandardOutput;
import io.liftstream.cli.console.UsageErrors;
import io.liftstream.cli.demo.DemoCommand;
import io.liftstream.cli.export.ExportCommand;
import io.liftstream.cli.job.JobCommand;
import io.liftstream.cli.lift.LiftCommand;
import io.liftstream.cli.model.ModelCommand;
import io.liftstream.cli.publish.PublishCommand;
import io.liftstream.cli.rejected.RejectedCommand;
import io.liftstream.cli.replay.ReplayCommand;
import io.liftstream.cli.scenes.ScenesCommand;
import io.liftstream.cli.topics.TopicsCommand;
import io.liftstream.cli.view.ViewCommand;
import io.liftstream.frame.LiftingException;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.network.DepthModels;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command {@code liftstream}; deploy/bin/liftstream starts it. */
@Command(
        name = "liftstream",
        mixinStandardHelpOptions = true,
        versionProvider = Launcher.Version.class,
        description = "Lifts live camera streams into 3D: Kafka frames in, depth and clouds out.",
        subcommands = {
            DemoCommand.class,
            BrokerCommand.class,
            ClusterCommand.class,
            TopicsCommand.class,
            JobCommand.class,
            LiftCommand.class,
            PublishCommand.class,
            ReplayCommand.class,
            AuditCommand.class,
            ExportCommand.class,
            ViewCommand.class,
            RejectedCommand.class,
            CalibrationCommand.class,
            ModelCommand.class,
            ScenesCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed while running, or results are missing",
            "2:the command line or the configuration is wrong; nothing was started"
        },
        footer = {
            "",
            "Examples:",
            "  liftstream demo",
            "  liftstream lift photo.jpg --out lifted --point-cloud",
            "  liftstream job conf/live.yaml --kafka.bootstrap-servers broker:9092"
        })
public final class Launcher {

    private static final int HELP_COLUMNS = 100;

    private Launcher() {}

    /**
     * Runs a command and exits with its code.
     *
     * @param args the command line: a command's name and its words
     */
    public static void main(String[] args) {
        if (isTraced()) {
            // Read by log4j2.properties when the first class logs.
            System.setProperty("liftstream.log.cause", "none");
            System.setProperty("liftstream.log.trace", "full");
        }
        int code = commandLine().execute(args);
        System.exit(code == ExitCode.OK ? codeOfOutput() : code);
    }

    private static int codeOfOutput() {
        return switch (StandardOutput.flushed()) {
            case WRITTEN -> ExitCode.OK;
            case READER_GONE -> ExitCode.BROKEN_PIPE;
            case LOST -> {
                System.err.println("Standard output cannot be written to: lines are missing");
                yield ExitCode.FAILED;
            }
        };
    }

    /**
     * All commands, with their options and examples.
     *
     * @return what parses a command line and runs its command
     */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Launcher());
        commandLine.setExecutionExceptionHandler(Launcher::explain);
        commandLine.setExitCodeExceptionMapper(ExitCode::of);
        UsageErrors.handleIn(commandLine);
        commandLine.setUsageHelpWidth(HELP_COLUMNS);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    private static boolean isTraced() {
        return System.getenv("LIFTSTREAM_TRACE") != null;
    }

    /** Users see the fault; its trace is for those who set LIFTSTREAM_TRACE. */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        boolean plain =
                failure instanceof InvalidConfigurationException
                        || failure instanceof LiftingException;
        boolean expected = plain || failure instanceof FileSystemException;
        command.getErr().println(plain ? asTyped(failure) : FailureText.of(failure));
        if (isTraced()) {
            failure.printStackTrace(command.getErr());
        } else if (!expected) {
            command.getErr().println("Set LIFTSTREAM_TRACE=1 to see where.");
        }
        return ExitCode.of(failure);
    }

    /** Nobody types the field of a message. */
    private static String asTyped(Exception failure) {
        return failure instanceof LiftingException refused
                        && refused.field().equals("model_backend")
                ? refused.named("the model").getMessage()
                : failure.getMessage();
    }

    /** What runs: the version that Maven wrote into the jar, or a clone's classes. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Launcher.class.getPackage().getImplementationVersion();
            return new String[] {
                "liftstream " + (version == null ? "of a clone" + commit() : version),
                String.format(
                        Locale.ROOT,
                        "Flink %s, Kafka %s, ONNX Runtime %s, Java %s",
                        EnvironmentInformation.getVersion(),
                        AppInfoParser.getVersion(),
                        DepthModels.runtimeVersion(),
                        Runtime.version())
            };
        }

        /** deploy/bin/liftstream asks git for it. */
        private static String commit() {
            String commit = System.getProperty("liftstream.commit", "");
            return commit.isEmpty() ? "" : " at commit " + commit;
        }
    }
}
