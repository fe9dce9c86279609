package io.liftstream.job;

import io.liftstream.frame.NumberText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** Types and defaults of options in words, for messages and for conf/README.md. */
final class OptionTypes {

    private static final Map<Class<?>, String> WORDS =
            Map.of(
                    String.class, "text",
                    List.class, "a list of texts",
                    Integer.class, "a whole number",
                    Long.class, "a whole number",
                    Double.class, "a number",
                    Boolean.class, "true or false",
                    Duration.class, "a duration such as 500 ms or 5 s",
                    MemorySize.class, "a size such as 8 mb");

    private OptionTypes() {}

    static String describe(ConfigOption<?> option) {
        Class<?> type = classOf(option);
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(OptionTypes::dashed)
                    .collect(Collectors.joining(", "));
        }
        return WORDS.get(type);
    }

    static String defaultOf(ConfigOption<?> option) {
        if (!option.hasDefaultValue()) {
            return "";
        }
        return text(option.defaultValue());
    }

    /** A value as an operator writes it. */
    static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration.isNegative()
                    ? duration.toMillis() + " ms"
                    : TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof Enum) {
            return dashed(value);
        }
        if (value instanceof Double) {
            return NumberText.of(value);
        }
        return ConfigurationUtils.convertValue(value, String.class);
    }

    private static String dashed(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A ConfigOption keeps its class to itself, so the declaring constant is asked. */
    private static Class<?> classOf(ConfigOption<?> option) {
        Type declared = LiftstreamOptions.constantOf(option).getGenericType();
        Type value = ((ParameterizedType) declared).getActualTypeArguments()[0];
        return value instanceof Class<?> plain ? plain : List.class;
    }

    /**
     * The value of an option below {@code lifting.} or {@code cameras.<camera id>.}; null where it
     * has none, or one of another type, which becomes a problem.
     */
    static <T> T read(
            String place, Configuration values, ConfigOption<T> option, List<String> problems) {
        try {
            return values.get(option);
        } catch (IllegalArgumentException e) {
            problems.add(
                    place
                            + ": "
                            + option.key().substring(option.key().indexOf('.') + 1)
                            + " must be "
                            + describe(option));
            return null;
        }
    }
}
