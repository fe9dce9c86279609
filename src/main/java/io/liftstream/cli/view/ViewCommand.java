package io.liftstream.cli.view;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.cli.console.ConfigurationWords;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.cli.console.Interruption;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows results in a browser while they come. */
@Command(
        name = "view",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Shows each camera's picture, depth and cloud in a browser while results come, and serves"
                    + " Foxglove's WebSocket protocol at the same address.",
            "By default only this machine can connect (--bind). Images come from the frames topic, as"
                    + " long as it retains them. A slow browser gets fewer frames, always the newest, and does"
                    + " not delay others."
        },
        footer = {
            "",
            "Options of conf/README.md can follow as --key value, kafka.properties.* for example.",
            "",
            "Examples:",
            "  liftstream view conf/live.yaml",
            "  liftstream view --bootstrap-servers broker:9092 --topic my.replay --read-committed",
            "  liftstream view conf/live.yaml --from 2026-01-31T08:00:00Z",
            "  liftstream view recording.mcap"
        })
public final class ViewCommand implements Callable<Integer> {
    private static final long CLOSING_MILLIS = 2000;
    private static final List<String> OPTIONS_OF_TOPICS =
            List.of("--topic", "--from", "--read-committed", "--bootstrap-servers");

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml|FILE.mcap",
            description =
                    "The job's configuration, for its brokers and topics; or a recording that export"
                            + " --mcap wrote, which is shown at the pace of capture, from its beginning;"
                            + " options of topics and brokers are refused with it.")
    private Path source;

    @Mixin private BrokerArguments brokers;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description =
                    "The topic of results. Default: the one that the job writes. Rejections are then"
                            + " read from the topic of this name with .rejected after it.")
    private String topic;

    @Option(
            names = "--from",
            paramLabel = "POS",
            defaultValue = "latest",
            description =
                    "Where to begin: latest, or earliest or an instant by the broker's time, which show"
                            + " results at the pace of capture; rejections are counted as they are read.")
    private String from;

    @Option(
            names = "--read-committed",
            description =
                    "Show only what a job that writes exactly once has committed, which is later by up to"
                            + " a checkpoint's interval.")
    private boolean readCommitted;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on.")
    private String bind;

    @Option(
            names = "--port",
            defaultValue = "" + ViewSession.PORT,
            description = "The port to listen on; 0 for any free port.")
    private int port;

    @Option(
            names = "--allow-origin",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            paramLabel = "ORIGIN",
            description =
                    "Let pages of this origin, https://viewer.example for instance, connect as viewers;"
                            + " Foxglove's own always may. Can be repeated.")
    private List<String> allowedOrigins = new ArrayList<>();

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        try (Feed feed = feed();
                ViewSession session = session(feed);
                Interruption told =
                        Interruption.toldOf(spec.commandLine().getErr(), session::summary)) {
            announce(session);
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(feed, main), "view-end"));
            session.run();
        }
        return ExitCode.OK;
    }

    private ViewSession session(Feed feed) {
        try {
            return new ViewSession(feed, bind, port, allowedOrigins);
        } catch (IOException e) {
            throw new InvalidConfigurationException(
                    List.of(
                            "options --bind and --port: "
                                    + e.getMessage()
                                    + "; choose another port, or 0 for any free port"));
        }
    }

    /** Lets the command close what it opened before the process ends. */
    private static void end(Feed feed, Thread main) {
        feed.stop();
        try {
            main.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void announce(ViewSession session) throws UnknownHostException {
        if (!InetAddress.getByName(bind).isLoopbackAddress()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "Warning: whoever reaches "
                                    + bind
                                    + " can look at the cameras: there is no password and no"
                                    + " encryption.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Showing " + session.description() + " at " + session.pageAddress());
        out.println("Foxglove: " + session.foxgloveAddress() + " (" + session.foxgloveLink() + ")");
        out.println("Press Ctrl-C to stop.");
    }

    private Feed feed() throws IOException {
        if (source != null && source.toString().endsWith(".mcap")) {
            ConfigurationWords.requireNone(spec, overrides);
            requireNoneOfTopics();
            requireThere(source);
            return recording();
        }
        JobSettings settings = brokers.settings(spec, source, overrides);
        Instant time = time();
        String results = topic == null ? settings.depthTopic() : topic;
        String rejected = topic == null ? settings.rejectedTopic() : topic + ".rejected";
        BrokerArguments.requireTopic(settings.kafka(), results);
        return TopicFeed.open(
                settings.kafka(),
                settings.framesTopic(),
                results,
                rejected,
                time,
                readCommitted,
                spec.commandLine().getErr());
    }

    private void requireNoneOfTopics() {
        List<String> given =
                OPTIONS_OF_TOPICS.stream()
                        .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                        .toList();
        if (!given.isEmpty()) {
            throw new InvalidConfigurationException(
                    List.of(
                            String.join(", ", given)
                                    + ": only for topics; the recording "
                                    + source
                                    + " is shown from its beginning, without brokers"));
        }
    }

    private Feed recording() {
        try {
            return new RecordingFeed(source);
        } catch (IOException e) {
            throw new InvalidConfigurationException(List.of(e.getMessage()));
        }
    }

    private static void requireThere(Path recording) {
        if (Files.notExists(recording)) {
            throw new InvalidConfigurationException(
                    List.of(recording + ": there is no such recording; export --mcap writes one"));
        }
    }

    /** Null for the end; the epoch's beginning for the topic's. */
    private Instant time() {
        try {
            return switch (from) {
                case "latest" -> null;
                case "earliest" -> Instant.EPOCH;
                default -> Instant.parse(from);
            };
        } catch (DateTimeParseException e) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option --from is "
                                    + from
                                    + ": write latest, earliest, or an instant such as"
                                    + " 2026-01-31T08:00:00Z"));
        }
    }
}
