package io.liftstream.deploy;

import io.liftstream.lifting.LiftingStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that the sources register, as {@code [label_]name}. */
final class DeclaredMetrics {
    private static final String NAME =
            "\\.(?:counter|gauge|histogram|meter)\\(\\s*\"(?<name>\\w+)\"";
    private static final Pattern REGISTERED =
            Pattern.compile(
                    "(?:\\.addGroup\\(\"(?<label>\\w+)\",[^\"]*\\)\\s*)?"
                            + NAME
                            + "|histogram\\((?:group|getMetricGroup\\(\\)), \"(?<histogram>\\w+)\"\\)");

    private DeclaredMetrics() {}

    static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path source : sources()) {
            Matcher registered = REGISTERED.matcher(Files.readString(source));
            while (registered.find()) {
                String histogram = registered.group("histogram");
                String label = registered.group("label");
                String name = histogram == null ? registered.group("name") : histogram;
                names.add(label == null ? name : label + "_" + name);
            }
        }
        for (LiftingStep step : LiftingStep.values()) {
            names.add(step.name().toLowerCase(Locale.ROOT) + "Micros");
        }
        return names;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
