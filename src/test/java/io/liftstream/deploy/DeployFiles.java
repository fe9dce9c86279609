package io.liftstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files below {@code deploy/}, as the tests of this package read them. */
final class DeployFiles {
    private static final Path ROOT = Path.of("deploy");
    private static final ObjectMapper YAML = new YAMLMapper();

    private DeployFiles() {}

    static Path path(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) throws IOException {
        return Files.readString(path(name));
    }

    /** The only document of a file. */
    static JsonNode yaml(String name) throws IOException {
        return YAML.readTree(path(name).toFile());
    }

    static JsonNode yamlText(String text) throws IOException {
        return YAML.readTree(text);
    }

    static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(path(name).toFile());
    }

    /** Names relative to {@code deploy/}, in order. */
    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
