package io.liftstream.cli.lift;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.files.NpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.PointCloud;
import io.liftstream.testing.ExifJpeg;
import io.liftstream.testing.RenderedFleet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PictureArgumentsTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();
    private Path upright;
    private Path turned;

    @BeforeEach
    void writePhotographs() throws IOException {
        byte[] jpeg = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1).jpeg(0, 0);
        upright = Files.write(folder.resolve("upright.jpg"), jpeg);
        turned = Files.write(folder.resolve("turned.jpg"), ExifJpeg.oriented(jpeg, 6));
    }

    @Test
    void aTurnedPhotographIsLiftedUprightUnlessToldOtherwise() throws Exception {
        assertThat(depthShape()).containsExactly(WIDTH, HEIGHT);
        assertThat(depthShape("--ignore-orientation")).containsExactly(HEIGHT, WIDTH);
    }

    /** Turned, its pixels would get the depth of others, which nothing would tell. */
    @Test
    void aPhotographWithItsDepthStaysAsItIsStored() throws Exception {
        Path depth = ones(HEIGHT, WIDTH);

        assertThat(depthShape("--depth", depth.toString())).containsExactly(HEIGHT, WIDTH);
    }

    @Test
    void whatWasDoneWithTheOrientationIsSaid() throws Exception {
        PictureArguments asked = parsed();
        PictureArguments told = parsed("--ignore-orientation");

        assertThat(asked.orientation(upright, true)).isEqualTo("upright");
        assertThat(asked.orientation(turned, true)).isEqualTo("applied");
        assertThat(asked.orientation(turned, false)).isEqualTo("ignored");
        assertThat(told.orientation(turned, true)).isEqualTo("ignored");
        assertThat(told.orientation(upright, true)).isEqualTo("upright");
        RgbImage shown = asked.decoder().decode(Files.readAllBytes(turned));
        assertThat(shown.width()).isEqualTo(HEIGHT);
    }

    @ParameterizedTest
    @CsvSource({"auto, 0, 255", "0:65535, 78, 156", "30000:50000, 0, 128"})
    void aThermalPictureHasItsContrastInTheCloud(String range, int darkest, int brightest)
            throws Exception {
        Path thermal = thermal();
        Path out = folder.resolve("lifted");

        int code =
                command.run(
                        "lift",
                        thermal.toString(),
                        "--out",
                        out.toString(),
                        "--depth",
                        ones(HEIGHT, WIDTH).toString(),
                        "--point-cloud",
                        "--grey16-range",
                        range);

        assertThat(code).isZero();
        PointCloud cloud = PlyFile.read(out.resolve("thermal.png.ply"));
        assertThat(cloud.count()).isEqualTo(WIDTH * HEIGHT);
        int[] reds = new int[cloud.count()];
        for (int i = 0; i < reds.length; i++) {
            reds[i] = cloud.red(i);
        }
        assertThat(Arrays.stream(reds).min()).hasValue(darkest);
        assertThat(Arrays.stream(reds).max()).hasValue(brightest);
    }

    @Test
    void aRangeThatIsNoneIsAUsageErrorThatSaysWhatWouldBeRight() {
        int code =
                command.run("lift", "a.png", "--out", folder.toString(), "--grey16-range", "40000");

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .contains("40000: it must be auto or LO:HI with 0 <= LO < HI <= 65535");
    }

    private int[] depthShape(String... more) throws IOException {
        Path out = folder.resolve("lifted");
        String[] words = {"lift", turned.toString(), "--out", out.toString()};
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        assertThat(command.run(all)).isZero();
        return NpyFile.read(out.resolve("turned.jpg.depth.npy")).shape();
    }

    private static PictureArguments parsed(String... words) {
        return CommandLine.populateCommand(new PictureArguments(), words);
    }

    private Path ones(int height, int width) throws IOException {
        float[] ones = new float[height * width];
        Arrays.fill(ones, 1);
        Path file = folder.resolve("ones.npy");
        NpyFile.write(file, ones, height, width);
        return file;
    }

    /** Values 20000 to 40000, as a thermal camera has them. */
    private Path thermal() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int value = 20_000 + 20_000 * i / (WIDTH * HEIGHT - 1);
            image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, value);
        }
        Path file = folder.resolve("thermal.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
