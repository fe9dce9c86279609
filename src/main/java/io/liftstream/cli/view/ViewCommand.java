package io.liftstream.cli.view;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.RecordLookup;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.kafka.TopicTail;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
            "Only this machine can look unless --bind says otherwise. Pictures come from the frames"
                    + " topic, as long as it has them. A browser that is slow sees fewer frames, and the"
                    + " newest ones; it slows nobody else."
        },
        footer = {
            "",
            "Options of conf/README.md can follow as --key value, kafka.properties.* for example.",
            "",
            "Examples:",
            "  liftstream view conf/live.yaml",
            "  liftstream view --bootstrap-servers broker:9092 --topic my.replay --read-committed",
            "  liftstream view conf/live.yaml --from 2026-01-31T08:00:00Z"
        })
public final class ViewCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG.yaml",
            description = "The job's configuration, for its brokers and topics.")
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
                            + " results at the pace of capture.")
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
            defaultValue = "8765",
            description = "The port to listen on; 0 for any that is free.")
    private int port;

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description =
                    "Let pages of this origin, https://viewer.example for instance, connect as viewers;"
                            + " Foxglove's own always may. Can be repeated.")
    private List<String> allowedOrigins = new ArrayList<>();

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Thread main = Thread.currentThread();
        try (Feed feed = feed();
                ViewSession session = new ViewSession(feed, bind, port, allowedOrigins)) {
            announce(session);
            Thread hook =
                    new Thread(
                            () -> {
                                feed.stop();
                                join(main);
                            });
            Runtime.getRuntime().addShutdownHook(hook);
            session.run();
        }
        return ExitCode.OK;
    }

    private static void join(Thread thread) {
        try {
            thread.join(2000);
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

    private Feed feed() {
        JobSettings settings = brokers.settings(spec, source, overrides);
        Instant time = time();
        String results = topic == null ? settings.depthTopic() : topic;
        String rejected = topic == null ? settings.rejectedTopic() : topic + ".rejected";
        BrokerArguments.requireTopic(settings.kafka(), results);
        List<String> missing = missing(settings, List.of(rejected, settings.framesTopic()));
        List<String> topics = new ArrayList<>(List.of(results));
        if (!missing.contains(rejected)) {
            topics.add(rejected);
        }
        TopicTail tail = new TopicTail(settings.kafka(), topics, readCommitted);
        if (time == null) {
            tail.seekToEnd();
        } else {
            tail.seek(time);
        }
        return new TopicFeed(
                tail,
                missing.contains(settings.framesTopic())
                        ? null
                        : new RecordLookup(settings.kafka(), settings.framesTopic()),
                rejected,
                time == null ? null : new RecordedPace(System::nanoTime),
                results + " on " + settings.kafka().bootstrapServers(),
                spec.commandLine().getErr());
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

    /** Which of these topics there are not; each is told, and the rest is shown without it. */
    private List<String> missing(JobSettings settings, List<String> wanted) {
        List<String> missing = new ArrayList<>();
        try (TopicChecks checks = new TopicChecks(settings.kafka())) {
            for (String name : wanted) {
                for (String problem : checks.missing(List.of(name))) {
                    missing.add(name);
                    spec.commandLine().getErr().println(problem + ": shown without it");
                }
            }
        }
        return missing;
    }
}
