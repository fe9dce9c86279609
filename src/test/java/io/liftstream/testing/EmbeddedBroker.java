package io.liftstream.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.test.JaasUtils;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.server.authorizer.Authorizer;

/**
 * A Kafka broker of one node in this JVM, on a free port, with its data in a temporary folder that
 * goes when it closes.
 */
public final class EmbeddedBroker implements Broker, AutoCloseable {
    private static final int MAX_RECORD_BYTES = 68 << 20;
    private static final short REPLICAS = 1;

    private final KafkaClusterTestKit kit;
    private final Map<String, String> login;
    private boolean closed;

    private EmbeddedBroker(KafkaClusterTestKit kit, Map<String, String> login) {
        this.kit = kit;
        this.login = login;
    }

    /** Starts a broker and waits until it serves. */
    public static EmbeddedBroker start() throws Exception {
        return start(Map.of());
    }

    /** Starts a broker with further settings of its own. */
    public static EmbeddedBroker start(Map<String, String> settings) throws Exception {
        return start(new TestKitNodes.Builder(), settings, Map.of());
    }

    /**
     * Starts a broker that lets in who has a password (SASL/PLAIN) and does what its access lists
     * allow. The test's own clients may do everything.
     *
     * @param authorizer that it asks, a {@code StandardAuthorizer}
     */
    public static EmbeddedBroker startWithAccessLists(Class<? extends Authorizer> authorizer)
            throws Exception {
        TestKitNodes.Builder nodes =
                new TestKitNodes.Builder()
                        .setBrokerSecurityProtocol(SecurityProtocol.SASL_PLAINTEXT)
                        .setControllerSecurityProtocol(SecurityProtocol.SASL_PLAINTEXT);
        return start(
                nodes,
                Map.of("authorizer.class.name", authorizer.getName()),
                login(JaasUtils.KAFKA_PLAIN_ADMIN, JaasUtils.KAFKA_PLAIN_ADMIN_PASSWORD));
    }

    /** What a client says that logs in at {@link #startWithAccessLists such a broker}. */
    public static Map<String, String> login(String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                PlainLoginModule.class.getName()
                        + " required username=\"%s\" password=\"%s\";".formatted(user, password));
    }

    private static EmbeddedBroker start(
            TestKitNodes.Builder nodes, Map<String, String> settings, Map<String, String> login)
            throws Exception {
        KafkaClusterTestKit.Builder builder =
                new KafkaClusterTestKit.Builder(
                                nodes.setCombined(true)
                                        .setNumBrokerNodes(1)
                                        .setNumControllerNodes(1)
                                        .build())
                        .setConfigProp("auto.create.topics.enable", "false")
                        .setConfigProp("group.initial.rebalance.delay.ms", "0")
                        .setConfigProp("offsets.topic.num.partitions", "1")
                        .setConfigProp("offsets.topic.replication.factor", "1")
                        .setConfigProp("transaction.state.log.num.partitions", "1")
                        .setConfigProp("transaction.state.log.replication.factor", "1")
                        .setConfigProp("transaction.state.log.min.isr", "1")
                        .setConfigProp("message.max.bytes", MAX_RECORD_BYTES);
        settings.forEach(builder::setConfigProp);
        KafkaClusterTestKit kit = builder.build();
        try {
            kit.format();
            kit.startup();
            kit.waitForReadyBrokers();
            return new EmbeddedBroker(kit, login);
        } catch (Exception e) {
            kit.close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return kit.bootstrapServers();
    }

    @Override
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(login);
        settings.put("bootstrap.servers", bootstrapServers());
        return settings;
    }

    /** Creates the three topics as deploy/ does: the frames topic stamped by the broker's clock. */
    public void createTopics(JobTopics topics, int partitions) throws Exception {
        createFramesTopic(topics.frames(), partitions);
        createOutputTopics(topics, partitions);
    }

    /** Creates a frames topic alone, for several jobs that read it. */
    public void createFramesTopic(String name, int partitions) throws Exception {
        createFramesTopic(name, partitions, "LogAppendTime");
    }

    /** Creates a topic with the timestamp type given: LogAppendTime or CreateTime. */
    public void createFramesTopic(String name, int partitions, String timestampType)
            throws Exception {
        create(List.of(topic(name, partitions, Map.of("message.timestamp.type", timestampType))));
    }

    /** Creates the depth and the rejected topic alone. */
    public void createOutputTopics(JobTopics topics, int partitions) throws Exception {
        create(
                List.of(
                        topic(topics.depth(), partitions, Map.of()),
                        topic(topics.rejected(), partitions, Map.of())));
    }

    /** Makes a topic refuse batches of more than so many bytes. */
    public void setMaxMessageBytes(String topic, int bytes) throws Exception {
        ConfigEntry limit = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
        try (Admin admin = Admin.create(clientSettings())) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    /** Removes records of a topic's first partition, as retention does. */
    public void removeBefore(String topic, long offset) throws Exception {
        try (Admin admin = Admin.create(clientSettings())) {
            admin.deleteRecords(
                            Map.of(
                                    new TopicPartition(topic, 0),
                                    RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private void create(List<NewTopic> topics) throws Exception {
        try (Admin admin = Admin.create(clientSettings())) {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
            awaitKnown(admin, topics.stream().map(NewTopic::name).toList());
        }
    }

    /**
     * The controller has created them; the broker that is asked for them learns of it a little
     * later.
     */
    private static void awaitKnown(Admin admin, List<String> names) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                boolean led =
                        admin
                                .describeTopics(names)
                                .allTopicNames()
                                .get(30, TimeUnit.SECONDS)
                                .values()
                                .stream()
                                .flatMap(topic -> topic.partitions().stream())
                                .allMatch(partition -> partition.leader() != null);
                if (led) {
                    return;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("topics " + names + " do not appear");
            }
            Thread.sleep(50);
        }
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> configuration) {
        return new NewTopic(name, partitions, REPLICAS).configs(configuration);
    }

    /** Stops the broker; a second call does nothing. */
    @Override
    public void close() throws Exception {
        if (!closed) {
            closed = true;
            kit.close();
        }
    }
}
