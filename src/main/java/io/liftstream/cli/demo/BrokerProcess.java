package io.liftstream.cli.demo;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A single-node Kafka broker in a process of its own, on 127.0.0.1 alone. It says {@code READY
 * host:port} and lives until its standard input ends, so that it cannot outlive who started it, be
 * that one killed or not.
 */
public final class BrokerProcess {

    /** Printed before the address once the broker answers. */
    static final String READY = "READY ";

    private static final String CLUSTER_ID = "bGlmdHN0cmVhbS1kZW1vLQ";
    private static final int MAX_MESSAGE_BYTES = 68 << 20;

    private BrokerProcess() {}

    /**
     * Formats the folder given and serves from it.
     *
     * @param args one word: the folder
     * @throws Exception where the broker cannot be started
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int port = freePort();
        Properties properties = properties(folder, port, freePort());
        format(folder);
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        System.out.println(READY + "127.0.0.1:" + port);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Only the end of the stream matters.
        }
        server.shutdown();
        server.awaitShutdown();
        System.exit(0);
    }

    private static void format(Path folder) throws Exception {
        Formatter formatter = new Formatter();
        formatter.setClusterId(CLUSTER_ID);
        formatter.setNodeId(1);
        formatter.setControllerListenerName("CONTROLLER");
        formatter.setMetadataLogDirectory(folder.toString());
        formatter.addDirectory(folder.toString());
        formatter.setPrintStream(System.err);
        formatter.run();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
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
        properties.setProperty("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        properties.setProperty("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        return properties;
    }
}
