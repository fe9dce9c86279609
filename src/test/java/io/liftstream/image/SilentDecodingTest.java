package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.LiftingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that libjpeg or libpng finds wrong reaches the process's output, with no variable of the
 * environment set. A JVM of its own: Java cannot see what its native libraries write.
 */
class SilentDecodingTest {
    private static final int MUTATIONS = 150;

    @TempDir private Path folder;

    @Test
    void damagedFilesAreRefusedWithoutAWordOfTheLibraries() throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Decoding.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().remove("OPENCV_LOG_LEVEL");
        Process process = builder.start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    /** Decodes damaged files; ends with 1 where none could be decoded or none was refused. */
    static final class Decoding {
        private static final ImageDecoder DECODER = new ImageDecoder(1_000_000);
        private static final Random RANDOM = new Random(5);

        private static int decoded;
        private static int refused;

        private Decoding() {}

        public static void main(String[] args) throws IOException {
            for (JpegSamples sample : JpegSamples.values()) {
                decodeDamaged(sample.file());
            }
            for (byte[] png : pngs()) {
                decodeDamaged(png);
            }
            System.exit(decoded > MUTATIONS && refused > MUTATIONS ? 0 : 1);
        }

        private static List<byte[]> pngs() throws IOException {
            RgbImage image = DECODER.decode(JpegSamples.ODD_SIZE.file());
            return List.of(
                    ImageEncoder.png(image),
                    PngSamples.withRightChecksums(PngSamples.palette(3, 9), 0),
                    PngSamples.withBadColourProfile(ImageEncoder.png(image)));
        }

        private static void decodeDamaged(byte[] file) {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] damaged = file.clone();
                for (int n = RANDOM.nextInt(6); n >= 0; n--) {
                    damaged[RANDOM.nextInt(damaged.length)] = (byte) RANDOM.nextInt();
                }
                decode(damaged);
                if (file[0] != (byte) 0xff) {
                    // What a checksum would find must be found without it too.
                    decode(PngSamples.withRightChecksums(file, RANDOM.nextInt()));
                }
            }
        }

        private static void decode(byte[] file) {
            try {
                DECODER.decode(file);
                decoded++;
            } catch (LiftingException e) {
                refused++;
            }
        }
    }
}
