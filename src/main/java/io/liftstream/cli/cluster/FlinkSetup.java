package io.liftstream.cli.cluster;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The reference configuration ({@code conf/flink/config.yaml}) in a folder, with ports and folders
 * of one machine, and the words that Flink's start scripts make of it.
 */
final class FlinkSetup {

    private static final String LOGGING = "log4j-console.properties";

    private static final String LOGGING_OF_COMMANDS = "log4j-cli.properties";

    /** A command has ended before the optimising compiler has given back the time that it takes. */
    private static final String OPTIONS_OF_COMMANDS = "-Xmx256m -XX:TieredStopAtLevel=1";

    /** Without YARN's client among its libraries, Flink warns of that at each command. */
    private static final String LOG_OF_COMMANDS =
            """
            rootLogger.level = WARN
            rootLogger.appenderRef.out.ref = out
            appender.out.name = out
            appender.out.type = Console
            appender.out.layout.type = PatternLayout
            appender.out.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %c{1} %m%n
            logger.cli.name = org.apache.flink.client.cli.CliFrontend
            logger.cli.filter.yarn.type = RegexFilter
            logger.cli.filter.yarn.regex = Could not load CLI class .*Yarn.*
            logger.cli.filter.yarn.onMatch = DENY
            logger.cli.filter.yarn.onMismatch = NEUTRAL
            """;

    private static final String ZOOKEEPER_MAIN =
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";

    private final Path folder;
    private final Configuration configuration;
    private final String classPath;
    private final Map<String, String> environment;

    private FlinkSetup(
            Path folder,
            Configuration configuration,
            String classPath,
            Map<String, String> environment) {
        this.folder = folder;
        this.configuration = configuration;
        this.classPath = classPath;
        this.environment = environment;
    }

    /** Writes configuration, empty folders and the script {@code flink} into the folder. */
    static FlinkSetup write(Path folder, Build build, ClusterPlan plan) throws IOException {
        Configuration configuration =
                GlobalConfiguration.loadConfiguration(build.configuration().toString());
        loopback(configuration, plan.restPort());
        folders(configuration, folder);
        for (String name : List.of("conf", "plugins", "tmp")) {
            Files.createDirectories(folder.resolve(name));
        }
        if (plan.highAvailability()) {
            highAvailability(configuration, folder);
        }
        configuration.addAll(Configuration.fromMap(plan.options()));
        Map<String, String> environment = new HashMap<>();
        // glibc gives threads up to eight arenas a core, which keep what was freed in them.
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.putAll(plan.environment());
        environment.put("FLINK_CONF_DIR", folder.resolve("conf").toString());
        environment.put("FLINK_PLUGINS_DIR", folder.resolve("plugins").toString());
        FlinkSetup setup =
                new FlinkSetup(
                        folder,
                        configuration,
                        FlinkClassPath.of(build.flinkLib()),
                        Map.copyOf(environment));
        setup.write(build.configuration());
        return setup;
    }

    private static void loopback(Configuration configuration, int restPort) throws IOException {
        configuration.set(JobManagerOptions.ADDRESS, LoopbackPort.ADDRESS);
        configuration.set(JobManagerOptions.BIND_HOST, LoopbackPort.ADDRESS);
        configuration.set(JobManagerOptions.PORT, LoopbackPort.free());
        configuration.set(RestOptions.ADDRESS, LoopbackPort.ADDRESS);
        configuration.set(RestOptions.BIND_ADDRESS, LoopbackPort.ADDRESS);
        configuration.set(RestOptions.PORT, restPort);
        configuration.set(TaskManagerOptions.HOST, LoopbackPort.ADDRESS);
        configuration.set(TaskManagerOptions.BIND_HOST, LoopbackPort.ADDRESS);
    }

    private static void folders(Configuration configuration, Path folder) {
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder, "checkpoints"));
        configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(folder, "savepoints"));
        configuration.set(CoreOptions.TMP_DIRS, folder.resolve("flink-tmp").toString());
        configuration.set(BlobServerOptions.STORAGE_DIRECTORY, folder.resolve("blobs").toString());
    }

    private static void highAvailability(Configuration configuration, Path folder)
            throws IOException {
        int port = LoopbackPort.free();
        configuration.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
        configuration.set(
                HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, LoopbackPort.ADDRESS + ":" + port);
        configuration.set(
                HighAvailabilityOptions.HA_STORAGE_PATH, uri(folder, "high-availability"));
        configuration.set(HighAvailabilityOptions.HA_CLUSTER_ID, "/liftstream");
        // The quorum asks for no login; otherwise each client says that it has none, with a trace.
        configuration.set(SecurityOptions.ZOOKEEPER_SASL_DISABLE, true);
        Files.writeString(
                folder.resolve("conf/zoo.cfg"),
                String.format(
                        Locale.ROOT,
                        """
                tickTime=2000
                dataDir=%s
                clientPort=%d
                clientPortAddress=%s
                admin.enableServer=false
                """,
                        folder.resolve("zookeeper-data"),
                        port,
                        LoopbackPort.ADDRESS));
    }

    private static String uri(Path folder, String name) {
        return folder.resolve(name).toUri().toString();
    }

    private void write(Path reference) throws IOException {
        Path conf = folder.resolve("conf");
        Files.write(
                conf.resolve("config.yaml"),
                ConfigurationUtils.convertConfigToWritableLines(configuration, true));
        Files.copy(reference.resolve(LOGGING), conf.resolve(LOGGING), REPLACE_EXISTING);
        Files.writeString(conf.resolve(LOGGING_OF_COMMANDS), LOG_OF_COMMANDS);
        Path script = folder.resolve("flink");
        Files.writeString(script, script());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Flink's command line, as the distribution's {@code bin/flink}. */
    private String script() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(
                java(
                        OPTIONS_OF_COMMANDS,
                        configuration.get(CoreOptions.FLINK_CLI_JVM_OPTIONS),
                        LOGGING_OF_COMMANDS));
        words.add("org.apache.flink.client.cli.CliFrontend");
        return environment.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(set -> "export " + set.getKey() + "=" + quoted(set.getValue()) + "\n")
                        .collect(Collectors.joining("", "#!/bin/sh\n", ""))
                + words.stream()
                        .map(FlinkSetup::quoted)
                        .collect(Collectors.joining(" ", "exec ", " \"$@\"\n"));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Of every process. */
    Map<String, String> environment() {
        return environment;
    }

    /** What {@code jobmanager.sh} passes to {@code java}. */
    List<String> jobManager(int restPort) throws IOException {
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
        List<String> words =
                process(
                        JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
                        configuration.get(CoreOptions.FLINK_JM_JVM_OPTIONS),
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        JobManagerProcessUtils.generateDynamicConfigsStr(memory));
        if (restPort != configuration.get(RestOptions.PORT)) {
            words.addAll(
                    List.of(
                            "-D",
                            RestOptions.PORT.key() + "=" + restPort,
                            "-D",
                            JobManagerOptions.PORT.key() + "=" + LoopbackPort.free()));
        }
        return words;
    }

    /** What {@code taskmanager.sh} passes to {@code java}. */
    List<String> taskManager() {
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        return process(
                ProcessMemoryUtils.generateJvmParametersStr(memory),
                configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
    }

    /** What {@code zookeeper.sh} passes to {@code java}. */
    List<String> zooKeeper() {
        List<String> words = java("-Xmx128m", "", LOGGING);
        words.addAll(
                List.of(
                        ZOOKEEPER_MAIN,
                        "--zkConfigFile",
                        folder.resolve("conf/zoo.cfg").toString(),
                        "--peerId",
                        "1"));
        return words;
    }

    private List<String> process(
            String memory, String options, String main, String dynamicOptions) {
        List<String> words = java(memory, options, LOGGING);
        words.addAll(List.of(main, "--configDir", folder.resolve("conf").toString()));
        words.addAll(split(dynamicOptions));
        return words;
    }

    /** The options of all processes come before those of one kind, as in Flink's scripts. */
    private List<String> java(String memory, String options, String logging) {
        List<String> words = new ArrayList<>(split(memory));
        words.addAll(split(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        words.addAll(split(options));
        words.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        words.add("-Dlog4j2.configurationFile=" + folder.resolve("conf").resolve(logging));
        words.addAll(List.of("-cp", classPath));
        return words;
    }

    private static List<String> split(String words) {
        return words.isBlank() ? List.of() : List.of(words.trim().split("\\s+"));
    }
}
