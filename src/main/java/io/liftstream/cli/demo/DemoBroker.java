package io.liftstream.cli.demo;

import io.liftstream.job.LiftstreamOptions;
import io.liftstream.kafka.KafkaConnectors;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The demo's broker, seen from the demo. */
final class DemoBroker implements AutoCloseable {
    private static final int PARTITIONS = 3;
    private static final short REPLICAS = 1;
    private static final long TIMEOUT_SECONDS = 10;

    private final Process process;
    private final Path log;

    private DemoBroker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the broker's process; {@link #awaitAddress} says when it serves. */
    static DemoBroker start(Path folder) throws IOException {
        Path log = folder.resolve("broker.log");
        Path data = Files.createDirectories(folder.resolve("broker"));
        Path logging = folder.resolve("broker-log4j2.properties");
        Files.writeString(
                logging,
                "rootLogger.level=WARN\nrootLogger.appenderRef.e.ref=e\nappender.e.type=Console\n"
                        + "appender.e.name=e\nappender.e.target=SYSTEM_ERR\n"
                        + "appender.e.layout.type=PatternLayout\n"
                        + "appender.e.layout.pattern=%d %p %c %m%n\n");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx320m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Dlog4j2.configurationFile=" + logging.toUri(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        BrokerProcess.class.getName(),
                                        data.toString()))
                        .redirectError(log.toFile())
                        .start();
        return new DemoBroker(process, log);
    }

    /** Waits until the broker serves: host:port. */
    String awaitAddress() throws IOException {
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(BrokerProcess.READY)) {
                return line.substring(BrokerProcess.READY.length());
            }
        }
        throw new IOException(
                "the Kafka broker did not start:" + File.separator + Files.readString(log));
    }

    /** Creates the demo's topics as a live deployment would (deploy/README.md). */
    static void createTopics(Admin admin, DemoTopics topics) throws Exception {
        String largest = Integer.toString(16 << 20);
        String largestResult =
                Long.toString(
                        LiftstreamOptions.RESULT_MAX_BYTES.defaultValue().getBytes()
                                + KafkaConnectors.RECORD_OVERHEAD_BYTES);
        admin.createTopics(
                        List.of(
                                topic(
                                        topics.frames(),
                                        Map.of(
                                                "message.timestamp.type",
                                                "LogAppendTime",
                                                "compression.type",
                                                "uncompressed",
                                                "max.message.bytes",
                                                largest)),
                                topic(topics.depth(), Map.of("max.message.bytes", largestResult)),
                                topic(topics.rejected(), Map.of("max.message.bytes", largest))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static NewTopic topic(String name, Map<String, String> configuration) {
        return new NewTopic(name, PARTITIONS, REPLICAS).configs(configuration);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
