package io.liftstream.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The reference configuration ({@code conf/flink/config.yaml}) in a folder, with ports and folders
 * of this test, and the words that Flink's start scripts make of it.
 */
final class FlinkSetup {

    private static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final Configuration configuration;

    private FlinkSetup(Path folder, Configuration configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    /** Writes {@code conf/}, {@code tmp/} and {@code plugins/} into the folder. */
    static FlinkSetup in(Path folder) throws IOException {
        Configuration configuration = GlobalConfiguration.loadConfiguration("conf/flink");
        configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(TaskManagerOptions.HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        try (ServerSocket rpc = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket rest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configuration.set(JobManagerOptions.PORT, rpc.getLocalPort());
            configuration.set(RestOptions.PORT, rest.getLocalPort());
        }
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder, "checkpoints"));
        configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(folder, "savepoints"));
        configuration.set(CoreOptions.TMP_DIRS, folder.resolve("flink").toString());
        configuration.set(BlobServerOptions.STORAGE_DIRECTORY, folder.resolve("blobs").toString());
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("plugins"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.write(
                conf.resolve("config.yaml"),
                ConfigurationUtils.convertConfigToWritableLines(configuration, true));
        Files.writeString(
                conf.resolve("log4j2.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.out.ref = out
                appender.out.name = out
                appender.out.type = Console
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} %m%n
                """);
        return new FlinkSetup(folder, configuration);
    }

    private static String uri(Path folder, String name) {
        return folder.resolve(name).toUri().toString();
    }

    /** Where Flink looks for its configuration, plugins and models. */
    Map<String, String> environment() {
        return Map.of(
                "FLINK_CONF_DIR", folder.resolve("conf").toString(),
                "FLINK_PLUGINS_DIR", folder.resolve("plugins").toString(),
                "LIFTSTREAM_MODEL_CACHE", folder.resolve("models").toString());
    }

    String restAddress() {
        return "http://" + LOOPBACK + ":" + configuration.get(RestOptions.PORT);
    }

    /** Temporary files of every JVM of this cluster, the unpacked natives among them. */
    Path temporaryFiles() {
        return folder.resolve("tmp");
    }

    /** What {@code jobmanager.sh} passes to {@code java}. */
    List<String> jobManager(String classPath) {
        JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
        return java(
                JobManagerProcessUtils.generateJvmParametersStr(memory, configuration),
                classPath,
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                JobManagerProcessUtils.generateDynamicConfigsStr(memory));
    }

    /** What {@code taskmanager.sh} passes to {@code java}. */
    List<String> taskManager(String classPath) {
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        return java(
                ProcessMemoryUtils.generateJvmParametersStr(memory),
                classPath,
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
    }

    /** What {@code flink} passes to {@code java}, before its own words. */
    List<String> client(String classPath) {
        List<String> words = options("-Xmx256m", classPath);
        words.add("org.apache.flink.client.cli.CliFrontend");
        return words;
    }

    private List<String> java(String memory, String classPath, String main, String dynamicOptions) {
        List<String> words = options(memory, classPath);
        words.addAll(List.of(main, "--configDir", folder.resolve("conf").toString()));
        words.addAll(split(dynamicOptions));
        return words;
    }

    private List<String> options(String memory, String classPath) {
        List<String> words = new ArrayList<>(split(memory));
        words.addAll(split(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        words.add("-Djava.io.tmpdir=" + temporaryFiles());
        words.add("-Dlog4j2.configurationFile=" + folder.resolve("conf/log4j2.properties"));
        words.addAll(List.of("-cp", classPath));
        return words;
    }

    private static List<String> split(String words) {
        return List.of(words.trim().split("\\s+"));
    }
}
