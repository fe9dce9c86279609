package io.liftstream.cli.broker;

import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.files.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single-node Kafka broker in a process of its own, on 127.0.0.1 alone. Once it serves, it writes
 * {@code host:port} to its folder's {@value #READY_FILE}.
 */
public final class BrokerProcess {

    /** Says that the broker answers, and where. */
    static final String READY_FILE = "serving";

    private static final String CLUSTER_ID = "bGlmdHN0cmVhbS1kZW1vLQ";
    private static final int MAX_MESSAGE_BYTES = 68 << 20;

    /** Retention deletes whole segments: small ones go soon after their time. */
    private static final int SEGMENT_BYTES = 128 << 20;

    private BrokerProcess() {}

    /**
     * Serves from a folder, which is formatted where it is new.
     *
     * @param args the folder, the port, and, where the broker is to end with another process, the
     *     number of that one, be it killed or not
     * @throws Exception where the broker cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int port = Integer.parseInt(args[1]);
        Path data = Files.createDirectories(folder.resolve("data"));
        format(data);
        KafkaRaftServer server =
                new KafkaRaftServer(
                        KafkaConfig.fromProps(properties(data, port, LoopbackPort.free()), false),
                        Time.SYSTEM);
        Thread end = new Thread(onceOnly(server), "stop the broker");
        Runtime.getRuntime().addShutdownHook(end);
        server.startup();
        // Whole, since others wait for the file and then read it.
        WholeFile.write(
                folder.resolve(READY_FILE),
                (LoopbackPort.ADDRESS + ":" + port).getBytes(StandardCharsets.UTF_8));
        if (args.length > 2) {
            endWith(Long.parseLong(args[2]));
        }
        server.awaitShutdown();
    }

    private static Runnable onceOnly(KafkaRaftServer server) {
        AtomicBoolean stopped = new AtomicBoolean();
        return () -> {
            if (stopped.compareAndSet(false, true)) {
                server.shutdown();
                server.awaitShutdown();
            }
        };
    }

    private static void endWith(long pid) {
        ProcessHandle.of(pid).ifPresent(starter -> starter.onExit().join());
        System.exit(0);
    }

    private static void format(Path folder) throws Exception {
        Formatter formatter = new Formatter();
        formatter.setClusterId(CLUSTER_ID);
        formatter.setNodeId(1);
        formatter.setControllerListenerName("CONTROLLER");
        formatter.setMetadataLogDirectory(folder.toString());
        formatter.addDirectory(folder.toString());
        formatter.setIgnoreFormatted(true);
        formatter.setPrintStream(System.err);
        formatter.run();
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        String broker = LoopbackPort.ADDRESS + ":" + port;
        String controller = LoopbackPort.ADDRESS + ":" + controllerPort;
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@" + controller);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty(
                "listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", "PLAINTEXT://" + broker);
        properties.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("log.dirs", folder.toString());
        for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
            properties.setProperty(topic + ".replication.factor", "1");
            properties.setProperty(topic + ".num.partitions", "1");
        }
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
        // What a topic keeps may be little: the bench's results would fill a disk.
        properties.setProperty("log.retention.check.interval.ms", "5000");
        properties.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        properties.setProperty("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        return properties;
    }
}
