package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.LiftingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be known of CUDA without a GPU. An empty {@code libcuda.so.1} passes for a driver, so
 * that ONNX Runtime gets as far as loading its CUDA provider, in a JVM in which nothing of it was
 * used before.
 */
class CudaStartITCase {
    @TempDir private Path folder;

    /** Opens a network with CUDA and prints why that failed. */
    static final class Open {
        private Open() {}

        public static void main(String[] arguments) {
            ExecutionSettings cuda =
                    new ExecutionSettings(ExecutionProvider.CUDA, 0, 1, 0, 1, 0, false);
            try (NetworkSession session =
                    NetworkSession.open(Path.of(arguments[0]), cuda, false, () -> {})) {
                System.out.println("opened with " + session.provider());
            } catch (LiftingException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void aFirstSessionWithCudaIsRefusedForALibraryThatIsMissingAndForNothingElse()
            throws Exception {
        Path model = folder.resolve("tiny.onnx");
        try (var bundled =
                getClass().getResourceAsStream("/io/liftstream/models/liftstream-tiny.onnx")) {
            Files.copy(bundled, model);
        }
        Files.createFile(folder.resolve("libcuda.so.1"));

        String output =
                ChildJvm.start(
                                Map.of("LD_LIBRARY_PATH", folder.toString()),
                                List.of("-Xmx512m"),
                                Open.class,
                                List.of(model.toString()))
                        .output();

        assertThat(output).containsPattern("refused: .*lib[a-zA-Z]+\\.so\\.\\d+").contains("CUDA");
        assertThat(output).doesNotContain("DefaultLogger");
    }
}
