package io.liftstream.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneDataSetTest {
    private static final List<SceneFamily> FAMILIES =
            List.of(SceneFamily.ROOM, SceneFamily.OUTDOOR);
    private static final SceneDataSet SET = new SceneDataSet(9, 5, 32, 24, FAMILIES);

    @TempDir Path directory;

    @Test
    void theFilesHoldWhatRenderGivesWhateverTheNumberOfThreads() throws Exception {
        SET.write(directory.resolve("one"), 1, done -> {});
        SET.write(directory.resolve("many"), 3, done -> {});

        for (String name : List.of("rgb.npy", "depth.npy", "intrinsics.npy", "family.npy")) {
            assertThat(directory.resolve("many").resolve(name))
                    .hasSameBinaryContentAs(directory.resolve("one").resolve(name));
        }
        RenderedFrame third = SET.render(3);
        byte[] rgb = items(directory.resolve("one/rgb.npy"));
        assertThat(Arrays.copyOfRange(rgb, 3 * third.rgb().length, 4 * third.rgb().length))
                .isEqualTo(third.rgb());
        ByteBuffer depth =
                ByteBuffer.wrap(items(directory.resolve("one/depth.npy")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(depth.getFloat(4 * (3 * 32 * 24 + 17))).isEqualTo(third.depthMetres()[17]);
        assertThat(items(directory.resolve("one/family.npy"))).containsExactly(0, 1, 0, 1, 0);
    }

    @Test
    void theHeaderIsWhatNumPyReads() throws Exception {
        SET.write(directory, 2, done -> {});

        assertThat(header(directory.resolve("rgb.npy")))
                .startsWith("{'descr': '|u1', 'fortran_order': False, 'shape': (5, 24, 32, 3), }");
        assertThat(header(directory.resolve("family.npy"))).contains("'shape': (5,), }");
        assertThat(header(directory.resolve("depth.npy"))).endsWith("\n");
        assertThat(Files.size(directory.resolve("depth.npy")) % 64).isZero();
    }

    @Test
    void progressCountsEveryPictureOnce() throws Exception {
        Set<Integer> told = Collections.synchronizedSet(new HashSet<>());
        SET.write(directory, 3, told::add);
        assertThat(told).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void anEmptySetIsRefused() {
        assertThatThrownBy(() -> new SceneDataSet(1, 0, 32, 24, FAMILIES))
                .hasMessage("count is 0: at least one picture");
        assertThatThrownBy(() -> new SceneDataSet(1, 5, 32, 24, List.of()))
                .hasMessageContaining("families is empty");
    }

    private static int dataStart(byte[] file) {
        return 10 + (file[8] & 0xff) + 256 * (file[9] & 0xff);
    }

    private static byte[] items(Path path) throws Exception {
        byte[] file = Files.readAllBytes(path);
        return Arrays.copyOfRange(file, dataStart(file), file.length);
    }

    private static String header(Path path) throws Exception {
        byte[] file = Files.readAllBytes(path);
        assertThat(dataStart(file) % 64).isZero();
        return new String(file, 10, dataStart(file) - 10, StandardCharsets.US_ASCII);
    }
}
