package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeployReadmeTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!http|#)([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|ITCase))`");

    @Test
    void theTableNamesEveryFile() throws IOException {
        String readme = DeployFiles.text("README.md");
        assertThat(DeployFiles.names())
                .filteredOn(name -> !name.equals("README.md"))
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        assertThat(LINK.matcher(DeployFiles.text("README.md")).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(DeployFiles.path(link)).exists());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> named =
                TEST.matcher(DeployFiles.text("README.md"))
                        .results()
                        .map(test -> test.group(1))
                        .distinct()
                        .toList();
        assertThat(named)
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(sources(name)).isNotEmpty());
    }

    private static List<Path> sources(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(name + ".java")).toList();
        }
    }
}
