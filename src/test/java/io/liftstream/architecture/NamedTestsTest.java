package io.liftstream.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that name the test of each row. */
class NamedTestsTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern TEST_NAME =
            Pattern.compile("`(?<type>[A-Z]\\w*(?:Test|ITCase))?(?:\\.(?<method>[a-z]\\w+))?`");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/java/io/liftstream/stream/README.md",
                "src/test/java/io/liftstream/fuzz/README.md"
            })
    void everyTestThatATableNamesExists(String table) throws IOException, ClassNotFoundException {
        int named = 0;
        String type = null;
        Matcher names = TEST_NAME.matcher(Files.readString(Path.of(table)));
        while (names.find()) {
            type = names.group("type") == null ? type : names.group("type");
            String method = names.group("method");
            assertThat(methodsOf(type)).as(type).contains(method == null ? "equals" : method);
            named++;
        }
        assertThat(named).isGreaterThan(30);
    }

    private static String[] methodsOf(String type) throws IOException, ClassNotFoundException {
        Class<?> test = Class.forName(nameOf(type), false, NamedTestsTest.class.getClassLoader());
        return Stream.concat(
                        Arrays.stream(test.getDeclaredMethods()),
                        Arrays.stream(Object.class.getMethods()))
                .map(Method::getName)
                .toArray(String[]::new);
    }

    /** The test's name with its package. */
    private static String nameOf(String type) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file =
                    files.filter(path -> path.endsWith(type + ".java"))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("there is no " + type));
            String name = TESTS.relativize(file).toString().replace(File.separatorChar, '.');
            return name.substring(0, name.length() - ".java".length());
        }
    }
}
