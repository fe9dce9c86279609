package io.liftstream.cli;

import io.liftstream.cli.audit.AuditCommand;
import io.liftstream.cli.bench.BenchCommand;
import io.liftstream.cli.broker.BrokerCommand;
import io.liftstream.cli.calibration.CalibrationCommand;
import io.liftstream.cli.cluster.ClusterCommand;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.FailureText;
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
import io.liftstream.frame.RejectionReason;
import io.liftstream.job.InvalidConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeExceptionMapper;
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
            BenchCommand.class
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
        System.exit(commandLine().execute(args));
    }

    /**
     * All commands, with their options and examples.
     *
     * @return what parses a command line and runs its command
     */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Launcher());
        commandLine.setExecutionExceptionHandler(Launcher::explain);
        commandLine.setExitCodeExceptionMapper(exitCodes());
        commandLine.setUsageHelpWidth(HELP_COLUMNS);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        return commandLine;
    }

    private static IExitCodeExceptionMapper exitCodes() {
        return failure ->
                failure instanceof InvalidConfigurationException
                                || failure instanceof CommandLine.ParameterException
                                || (failure instanceof LiftingException refused
                                        && refused.reason() != RejectionReason.INFERENCE_FAILED)
                        ? ExitCode.USAGE
                        : ExitCode.FAILED;
    }

    /** Users see the fault; its trace is for those who set LIFTSTREAM_TRACE. */
    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        boolean expected =
                failure instanceof InvalidConfigurationException
                        || failure instanceof LiftingException;
        command.getErr().println(expected ? failure.getMessage() : FailureText.of(failure));
        if (System.getenv("LIFTSTREAM_TRACE") != null) {
            failure.printStackTrace(command.getErr());
        } else if (!expected) {
            command.getErr().println("Set LIFTSTREAM_TRACE=1 to see where.");
        }
        return exitCodes().getExitCode(failure);
    }

    /** The version that Maven wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Launcher.class.getPackage().getImplementationVersion();
            return new String[] {"liftstream " + (version == null ? "from classes" : version)};
        }
    }
}
