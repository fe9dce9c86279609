package io.liftstream.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach the brokers.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param groupId consumer group whose committed offsets show progress
 * @param properties passed to every client unchanged (security, tuning); may hold secrets, so they
 *     are never printed
 */
public record KafkaSettings(String bootstrapServers, String groupId, Map<String, String> properties)
        implements Serializable {

    /** {@return the properties of a client of any kind} */
    public Properties clientProperties() {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("bootstrap.servers", bootstrapServers);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", group " + groupId + "]";
    }
}
