package io.liftstream.cli.lift;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.Launcher;
import io.liftstream.files.NpyFile;
import io.liftstream.files.NumpyFile;
import io.liftstream.lifting.LiftingFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lift} in a Java machine of little memory. */
class LiftMemoryITCase {
    @TempDir private Path folder;

    @Test
    void anImageTooLargeForTheHeapFailsAloneAndSaysHowToLiftIt() throws Exception {
        Path large =
                Files.write(
                        folder.resolve("large.png"), LiftingFixture.png(6000, 4000, (x, y) -> 0));
        Path small = Files.write(folder.resolve("small.png"), LiftingFixture.png(40, 30));
        Path depths = Files.createDirectory(folder.resolve("depths"));
        NumpyFile raw = new NumpyFile("|u1");
        Files.write(depths.resolve("large.npy"), raw.of(new double[6000 * 4000], 4000, 6000));
        float[] depth = new float[40 * 30];
        Arrays.fill(depth, 2);
        NpyFile.write(depths.resolve("small.npy"), depth, 30, 40);
        Path errors = folder.resolve("errors.txt");

        Process lift =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Launcher.class.getName(),
                                "lift",
                                large.toString(),
                                small.toString(),
                                "--depth",
                                depths.toString(),
                                "--out",
                                folder.resolve("out").toString(),
                                "--point-cloud")
                        .redirectError(errors.toFile())
                        .start();
        String lines = new String(lift.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(lift.waitFor()).isOne();
        assertThat(Files.readString(errors))
                .contains(
                        large + ": the image is too large for the memory that Java" + " may use, 6")
                .contains("LIFTSTREAM_JAVA_OPTS")
                .doesNotContain("OutOfMemoryError");
        assertThat(lines).contains(small.toString()).contains("\"points\":1200");
    }
}
