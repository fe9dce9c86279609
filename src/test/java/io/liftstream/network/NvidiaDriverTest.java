package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaDriverTest {
    @TempDir private Path root;

    @Test
    void findsNothingOnAMachineWithoutADriver() {
        assertThat(NvidiaDriver.present(root, "/opt/lib", "/usr/bin")).isFalse();
        assertThat(NvidiaDriver.present(root, null, null)).isFalse();
    }

    @Test
    void findsTheKernelModule() throws IOException {
        make("proc/driver/nvidia/version");
        assertThat(NvidiaDriver.present(root, null, null)).isTrue();
    }

    @Test
    void findsTheLibraryWhereDistributionsPutIt() throws IOException {
        make("usr/lib/x86_64-linux-gnu/libcuda.so.1");
        assertThat(NvidiaDriver.present(root, null, null)).isTrue();
    }

    @Test
    void findsTheLibraryOnTheLibraryPath() throws IOException {
        make("opt/driver/libcuda.so.1");
        assertThat(NvidiaDriver.present(root, "relative:/opt/driver", null)).isTrue();
        assertThat(NvidiaDriver.present(root, "/opt/other", null)).isFalse();
    }

    @Test
    void findsTheToolOnThePath() throws IOException {
        make("opt/bin/nvidia-smi");
        assertThat(NvidiaDriver.present(root, null, "/usr/bin:/opt/bin")).isTrue();
    }

    private void make(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.createFile(path);
    }
}
