package io.liftstream.testing;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker that tests publish to and read from. */
@FunctionalInterface
public interface Broker {

    /** Where it serves, host:port. */
    String bootstrapServers();

    /** How a client of the test connects. */
    default Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** A consumer of committed records, which has no topic yet; the caller's to close. */
    default KafkaConsumer<byte[], byte[]> committedConsumer() {
        Map<String, Object> settings = new HashMap<>(clientSettings());
        settings.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
