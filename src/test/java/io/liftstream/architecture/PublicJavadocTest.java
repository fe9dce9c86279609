package io.liftstream.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that is public says what it is, takes, gives and throws. The compiler could hold this by
 * itself only if no other warning were left to it. The launcher's rooms are no library: what they
 * share among themselves is public to Java alone.
 */
class PublicJavadocTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @TempDir private Path classes;

    @Test
    void doclintHasNothingToSayAboutWhatIsPublic() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (Stream<Path> tree = Files.walk(SOURCES);
                StandardJavaFileManager files =
                        compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            List<Path> sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
            // Without -Xlint:none, which would silence doclint too.
            List<String> options =
                    List.of(
                            "-Xdoclint:all/public",
                            "-Xdoclint/package:-io.liftstream.cli,-io.liftstream.cli.*",
                            "-proc:none",
                            "-d",
                            classes.toString());
            var all = files.getJavaFileObjectsFromPaths(sources);
            boolean compiled = compiler.getTask(null, files, found, options, null, all).call();
            assertThat(compiled).as(found.getDiagnostics().toString()).isTrue();
        }
        assertThat(found.getDiagnostics())
                .filteredOn(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(Object::toString)
                .isEmpty();
    }
}
