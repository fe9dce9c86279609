package io.liftstream.job;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Values that no message, log line or printed configuration may show. */
final class SecretValues {

    /** Kafka's own, of which Flink's list of words misses the keys and certificates in PEM. */
    private static final Set<String> OF_KAFKA =
            ConsumerConfig.configDef().configKeys().values().stream()
                    .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                    .map(key -> LiftstreamOptions.KAFKA_PROPERTIES_PREFIX + key.name)
                    .collect(Collectors.toUnmodifiableSet());

    /** Half of the credentials of an object store; Flink takes its key for no secret. */
    private static final String ACCESS_KEY = "access-key";

    /** User and password of an address. */
    private static final Pattern USER = Pattern.compile("(?<=://)[^/\\s]*@");

    /** A signed address has its signature here. */
    private static final Pattern QUERY = Pattern.compile("(?<=://)([^?\\s;]*\\?)[^\\s;]*");

    private SecretValues() {}

    /** {@return the value, with what is secret in it as asterisks} */
    static String masked(String key, String value) {
        if (isSecret(key)) {
            return GlobalConfiguration.HIDDEN_CONTENT;
        }
        String withoutUser =
                USER.matcher(value).replaceAll(GlobalConfiguration.HIDDEN_CONTENT + "@");
        return QUERY.matcher(withoutUser).replaceAll("$1" + GlobalConfiguration.HIDDEN_CONTENT);
    }

    /**
     * {@return whether nobody may read the value of a key} A camera may be called what it likes.
     */
    static boolean isSecret(String key) {
        return !key.startsWith(LiftstreamOptions.CAMERAS_PREFIX)
                && (GlobalConfiguration.isSensitive(key)
                        || OF_KAFKA.contains(key)
                        || key.endsWith(ACCESS_KEY));
    }
}
