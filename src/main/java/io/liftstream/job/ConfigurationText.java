package io.liftstream.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** A configuration as the YAML that {@link ConfigurationLoader} reads back, secrets masked. */
public final class ConfigurationText {

    private static final YAMLMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder().stringQuotingChecker(new QuotedNumbers()).build())
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .build();

    private ConfigurationText() {}

    /**
     * {@return one line for each option, sorted by key} Defaults are comments: a default of {@code
     * lifting.} that is set would win over the model's own.
     *
     * @param configuration as loaded
     */
    public static String of(Configuration configuration) {
        Map<String, String> lines = new TreeMap<>();
        for (ConfigOption<?> option : LiftstreamOptions.all()) {
            if (option.hasDefaultValue()) {
                lines.put(option.key(), "# " + line(option.key(), OptionTypes.defaultOf(option)));
            }
        }
        configuration
                .toMap()
                .forEach(
                        (key, value) -> lines.put(key, line(key, SecretValues.masked(key, value))));
        return lines.values().stream().collect(Collectors.joining());
    }

    private static String line(String key, String value) {
        try {
            return YAML.writeValueAsString(Map.of(key, value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text has no YAML", e);
        }
    }

    /** Read as a number, 0x1F would become 31 and 1.50 become 1.5. */
    private static final class QuotedNumbers extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        private static final Pattern LIKE_A_NUMBER = Pattern.compile("[-+.0-9]\\S*");

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || LIKE_A_NUMBER.matcher(value).matches();
        }
    }
}
