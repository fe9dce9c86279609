package io.liftstream.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Test data that lies beside the checkout and is not part of it. */
public final class SharedFiles {
    private SharedFiles() {}

    /** The file or folder, or a loudly skipped test where the data is not on this machine. */
    public static Path require(String relative) {
        Path path = Path.of(System.getProperty("liftstream.shared", "../shared")).resolve(relative);
        Assumptions.assumeTrue(
                Files.exists(path),
                () -> "SKIPPED: no " + relative + " in liftstream.shared, see src/README.md");
        return path;
    }
}
