package io.liftstream.deploy;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalResourceOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** Flink's own options by key, read from the classes that declare them. */
final class FlinkOptions {
    private static final Class<?>[] OWNERS = {
        BlobServerOptions.class,
        CheckpointingOptions.class,
        CoreOptions.class,
        ExternalResourceOptions.class,
        HighAvailabilityOptions.class,
        JobManagerOptions.class,
        MetricOptions.class,
        RestOptions.class,
        RestartStrategyOptions.class,
        StateBackendOptions.class,
        TaskManagerOptions.class
    };

    /**
     * Options of plugins and of the operator, whose keys no class of Flink's runtime holds whole.
     */
    private static final Pattern OF_PLUGINS =
            Pattern.compile(
                    "metrics\\.reporter\\.prom\\.(factory\\.class|port|filterLabelValueCharacters)"
                            + "|external-resource\\.gpu\\.(amount|driver-factory\\.class|kubernetes\\.config-key"
                            + "|param\\.discovery-script\\.path)"
                            + "|job\\.autoscaler\\.enabled");

    private FlinkOptions() {}

    /**
     * What is wrong with a configuration: unknown keys, and values that their option cannot read.
     */
    static Map<String, String> problems(Map<String, String> configuration)
            throws IllegalAccessException {
        Map<String, ConfigOption<?>> options = all();
        Map<String, String> problems = new TreeMap<>();
        configuration.forEach(
                (key, value) -> {
                    ConfigOption<?> option = options.get(key);
                    if (option != null) {
                        read(option, value, problems);
                    } else if (!OF_PLUGINS.matcher(key).matches()) {
                        problems.put(key, "is no option");
                    }
                });
        return problems;
    }

    private static void read(ConfigOption<?> option, String value, Map<String, String> problems) {
        try {
            Configuration.fromMap(Map.of(option.key(), value)).get(option);
        } catch (IllegalArgumentException unreadable) {
            problems.put(option.key(), unreadable.getMessage());
        }
    }

    private static Map<String, ConfigOption<?>> all() throws IllegalAccessException {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Class<?> owner : OWNERS) {
            for (Field field : owner.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    options.put(option.key(), option);
                }
            }
        }
        return options;
    }
}
