package io.liftstream.cli.cluster;

import io.liftstream.job.InvalidConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code mvn package} leaves for a cluster.
 *
 * @param home the folder of pom.xml
 */
public record Build(Path home) {

    /** {@return the build that this launcher belongs to} */
    static Build ofTheLauncher() {
        return new Build(Path.of(System.getProperty("liftstream.home", ".")).toAbsolutePath());
    }

    /** {@return the folder of the reference configuration, {@code config.yaml}} */
    Path configuration() {
        return home.resolve("conf/flink");
    }

    /** {@return the jars for Flink's {@code lib/}} */
    Path flinkLib() {
        return home.resolve("target/flink-lib");
    }

    /**
     * {@return the job jar}
     *
     * @throws InvalidConfigurationException where the build did not make it, or its libraries
     */
    public Path jobJar() {
        Path target = home.resolve("target");
        if (!Files.isDirectory(flinkLib())) {
            throw notBuilt();
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "liftstream-*.jar")) {
            Iterator<Path> first = jars.iterator();
            if (first.hasNext()) {
                return first.next();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw notBuilt();
    }

    private InvalidConfigurationException notBuilt() {
        return new InvalidConfigurationException(
                List.of(
                        "there is no job jar in "
                                + home.resolve("target")
                                + ": build it with mvn -DskipTests package"));
    }
}
