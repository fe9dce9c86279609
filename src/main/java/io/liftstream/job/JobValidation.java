package io.liftstream.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Everything that is wrong with a job, said at once. A start ends at the first stage that finds
 * fault: keys and types, values, Flink's options, brokers and models. Here the options at fault are
 * left out, and the next stage is asked about the rest; what it then says of those options is not
 * the user's fault, and is not said.
 */
public final class JobValidation {

    private final List<String> problems = new ArrayList<>();

    private JobValidation() {}

    /**
     * Checks a job. Submits nothing.
     *
     * @param file a YAML file
     * @param words {@code --key value} or {@code --key=value} words; they win over the file
     * @param derived a program's options, which win over the file
     * @param checks what finds fault with settings: brokers, models
     * @throws InvalidConfigurationException with every problem found
     */
    public static void require(
            Path file,
            List<String> words,
            JobOverrides derived,
            Function<JobSettings, List<String>> checks) {
        JobValidation validation = new JobValidation();
        ConfigurationLayers layers =
                ConfigurationLoader.readableLayers(file, words, validation.problems);
        JobSettings settings = validation.settings(layers.with(derived, new JobOverrides()));
        if (settings == null) {
            validation.problems.add(
                    "brokers, topics and models were not checked: fix the errors above first");
        } else {
            validation.add(checks.apply(settings));
        }
        if (!validation.problems.isEmpty()) {
            throw new InvalidConfigurationException(validation.problems);
        }
    }

    /** Of the options that nothing is wrong with; null where too little is left. */
    private JobSettings settings(Configuration given) {
        Configuration rest = given;
        while (true) {
            try {
                JobSettings settings = JobSettingsReader.read(rest);
                LiftstreamJob.environment(settings);
                return settings;
            } catch (InvalidConfigurationException e) {
                Configuration fewer = without(rest, e.problems());
                add(e.problems());
                if (fewer.keySet().size() == rest.keySet().size()) {
                    return null;
                }
                rest = fewer;
            }
        }
    }

    private void add(List<String> found) {
        Set<String> refused = new LinkedHashSet<>();
        for (ConfigOption<?> option : LiftstreamOptions.all()) {
            if (problems.stream().anyMatch(problem -> isAbout(problem, option.key()))) {
                refused.add(option.key());
            }
        }
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .filter(problem -> refused.stream().noneMatch(key -> isAbout(problem, key)))
                .forEach(problems::add);
    }

    private static Configuration without(Configuration given, List<String> problems) {
        Configuration fewer = new Configuration(given);
        for (String key : given.keySet()) {
            if (problems.stream().anyMatch(problem -> isAbout(problem, key))) {
                fewer.removeKey(key);
            }
        }
        return fewer;
    }

    /** A problem names options by their keys, or begins with the prefix of theirs and a colon. */
    private static boolean isAbout(String problem, String key) {
        int colon = problem.indexOf(": ");
        return (colon > 0 && key.startsWith(problem.substring(0, colon) + "."))
                || Pattern.compile("(?<![\\w.-])" + Pattern.quote(key) + "(?![\\w-])")
                        .matcher(problem)
                        .find();
    }
}
