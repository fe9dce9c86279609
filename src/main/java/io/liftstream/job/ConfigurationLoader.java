package io.liftstream.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.liftstream.model.catalogue.NearestName;
import io.liftstream.model.facts.YamlFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Reads a YAML file and {@code --key value} overrides into a configuration in which every key is
 * known and every value has its option's type.
 */
public final class ConfigurationLoader {

    /** A file with fewer keys, all unknown, has misspelt ones. */
    private static final int MIN_KEYS_OF_A_KIND = 5;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?");

    /** Of durations and of memory, as Flink reads them, and as people write them. */
    private static final Pattern UNIT =
            Pattern.compile(
                    "ns|[uµ]s|ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|b|bytes?|[kmgt]i?b?",
                    Pattern.CASE_INSENSITIVE);

    private final Map<String, ConfigOption<?>> options = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems;

    private ConfigurationLoader(List<String> problems) {
        this.problems = problems;
        LiftstreamOptions.all().forEach(option -> options.put(option.key(), option));
    }

    /**
     * Loads a configuration.
     *
     * @param file a YAML file, or null for overrides alone
     * @param overrides {@code --key value} or {@code --key=value} words; they win over the file
     * @return all options that are set, of known keys and types
     * @throws InvalidConfigurationException with every problem of keys and types
     */
    public static Configuration load(Path file, List<String> overrides) {
        return layers(file, overrides).merged();
    }

    /**
     * Loads a configuration whose file and overrides stay apart.
     *
     * @param file a YAML file, or null for overrides alone
     * @param overrides {@code --key value} or {@code --key=value} words; they win over the file
     * @return all options that are set, of known keys and types
     * @throws InvalidConfigurationException with every problem of keys and types
     */
    public static ConfigurationLayers layers(Path file, List<String> overrides) {
        List<String> problems = new ArrayList<>();
        ConfigurationLayers layers = readableLayers(file, overrides, problems);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return layers;
    }

    /**
     * As {@link #layers}, without the options that something is wrong with.
     *
     * @param problems gets what is wrong with them
     * @throws InvalidConfigurationException where there is no file to read
     */
    static ConfigurationLayers readableLayers(
            Path file, List<String> overrides, List<String> problems) {
        ConfigurationLoader ofFile = new ConfigurationLoader(problems);
        if (file != null) {
            ofFile.readFile(file);
        }
        boolean unreadable = !problems.isEmpty();
        ConfigurationLoader ofOverrides = new ConfigurationLoader(problems);
        ofOverrides.readOverrides(overrides);
        ConfigurationLayers layers =
                new ConfigurationLayers(ofFile.checked(), ofOverrides.checked());
        if (unreadable) {
            throw new InvalidConfigurationException(problems);
        }
        return layers;
    }

    private void readFile(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            problems.add("configuration file " + file + " cannot be read: " + fault(file));
            return;
        }
        try {
            JsonNode root = new YAMLMapper().readTree(text);
            if (root == null || root.isMissingNode() || root.isNull()) {
                return;
            }
            if (root.isObject()) {
                flatten("", root);
                foreignFile(file, root).ifPresent(problems::add);
            } else {
                problems.add(file + " is not a YAML mapping of options");
            }
        } catch (JsonProcessingException e) {
            problems.add(file + " is not YAML: " + YamlFault.of(e));
        }
    }

    private static String fault(Path file) {
        if (Files.notExists(file)) {
            return "there is no such file";
        }
        return Files.isDirectory(file) ? "it is a folder" : "it is not a text file in UTF-8";
    }

    /** One line for a file of another kind, not one for each of its keys. */
    private Optional<String> foreignFile(Path file, JsonNode root) {
        if (values.size() < MIN_KEYS_OF_A_KIND
                || values.keySet().stream().anyMatch(this::isKnown)) {
            return Optional.empty();
        }
        String first = values.keySet().iterator().next();
        values.clear();
        return Optional.of(
                root.path("models").isObject()
                        ? file
                                + " is a catalogue of models: name it with models.catalogue, and"
                                + " give a job's configuration, such as conf/local.yaml"
                        : file
                                + " is not a job's configuration, it begins with "
                                + first
                                + ": give one such as conf/local.yaml, where Flink's options have"
                                + " the prefix \"flink.\"");
    }

    private void flatten(String prefix, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            entry ->
                                    flatten(
                                            prefix.isEmpty()
                                                    ? entry.getKey()
                                                    : prefix + "." + entry.getKey(),
                                            entry.getValue()));
        } else if (node.isArray()) {
            StringJoiner elements = new StringJoiner(";");
            node.forEach(element -> elements.add(element.asText()));
            values.put(prefix, elements.toString());
        } else if (!node.isNull()) {
            values.put(prefix, node.asText());
        }
    }

    private void readOverrides(List<String> words) {
        String last = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (!word.startsWith("--") || word.length() == 2) {
                Optional<String> unit = strayUnit(words, i);
                problems.add(unit.isPresent() ? unit.get() : stray(words, i));
                if (unit.isPresent()) {
                    values.remove(last); // Without its unit it would be judged as another value.
                }
            } else if (equals > 0) {
                last = word.substring(2, equals);
                values.put(last, word.substring(equals + 1));
            } else if (i + 1 < words.size()) {
                i++;
                last = word.substring(2);
                values.put(last, words.get(i));
            } else {
                problems.add("option " + word + " has no value: write " + word + " value");
            }
        }
    }

    /**
     * As the s of {@code --live.max-age 30 s}, which a shell gives as a word of its own; empty
     * where it is something else.
     */
    private static Optional<String> strayUnit(List<String> words, int place) {
        String before = place == 0 ? "" : words.get(place - 1);
        String option = before.startsWith("--") || place < 2 ? before : words.get(place - 2);
        String key = keyOf(option);
        String number = before.startsWith(key + "=") ? before.substring(key.length() + 1) : before;
        String unit = words.get(place);
        if (!key.startsWith("--")
                || SecretValues.isSecret(key.substring(2))
                || !NUMBER.matcher(number).matches()
                || !UNIT.matcher(unit).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "option %1$s has two words, %2$s and %3$s: write %1$s '%2$s %3$s' or %1$s"
                                + " %2$s%3$s",
                        key,
                        number,
                        unit));
    }

    /** The word itself may be a password, or the rest of one that was not quoted. */
    private static String stray(List<String> words, int index) {
        String before = index == 0 ? null : words.get(index - 1);
        String place =
                before == null
                        ? "the first word"
                        : before.startsWith("--")
                                ? "a word behind " + keyOf(before)
                                : "a word behind a value";
        return place + " is not an option: write --key value, and quote a value that has spaces";
    }

    private static String keyOf(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private Configuration checked() {
        Configuration configuration = new Configuration();
        values.forEach(
                (key, value) -> {
                    if (isKnown(key)) {
                        configuration.setString(key, value);
                    } else {
                        problems.add("option " + key + " is not known" + nearest(key));
                    }
                });
        options.values().forEach(option -> checkType(configuration, option));
        return configuration;
    }

    private void checkType(Configuration configuration, ConfigOption<?> option) {
        try {
            configuration.getOptional(option);
        } catch (IllegalArgumentException e) {
            problems.add(
                    "option "
                            + option.key()
                            + " is "
                            + SecretValues.masked(option.key(), values.get(option.key()))
                            + ": it must be "
                            + OptionTypes.describe(option));
            configuration.removeConfig(option);
        }
    }

    private boolean isKnown(String key) {
        return options.containsKey(key)
                || isBelow(LiftstreamOptions.KAFKA_PROPERTIES_PREFIX, key)
                || isBelow(LiftstreamOptions.FLINK_PREFIX, key)
                || isBelow(LiftstreamOptions.CAMERAS_PREFIX, key);
    }

    private static boolean isBelow(String prefix, String key) {
        return key.startsWith(prefix) && key.length() > prefix.length();
    }

    private String nearest(String key) {
        return NearestName.of(key, options.keySet())
                .map(name -> ": did you mean " + name + "?")
                .orElse(": conf/README.md lists all");
    }
}
