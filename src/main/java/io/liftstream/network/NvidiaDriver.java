package io.liftstream.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells whether this machine has an NVIDIA driver, without loading anything. ONNX Runtime lists
 * CUDA as available on every machine and unpacks 583 MB before it finds out that there is no GPU.
 */
final class NvidiaDriver {
    private static final List<String> LIBRARY_FOLDERS =
            List.of(
                    "/usr/lib/x86_64-linux-gnu",
                    "/usr/lib/aarch64-linux-gnu",
                    "/usr/lib64",
                    "/usr/lib",
                    "/usr/lib/wsl/lib",
                    "/usr/local/nvidia/lib64",
                    "/usr/local/cuda/compat");

    private NvidiaDriver() {}

    /**
     * Whether a driver's traces are found in the places where installers and containers put them.
     */
    static boolean present() {
        return present(Path.of("/"), System.getenv("LD_LIBRARY_PATH"), System.getenv("PATH"));
    }

    static boolean present(Path root, String libraryPath, String path) {
        return Files.exists(root.resolve("proc/driver/nvidia/version"))
                || Stream.concat(LIBRARY_FOLDERS.stream(), entries(libraryPath))
                        .anyMatch(folder -> exists(root, folder, "libcuda.so.1"))
                || entries(path).anyMatch(folder -> exists(root, folder, "nvidia-smi"));
    }

    private static Stream<String> entries(String pathVariable) {
        return pathVariable == null
                ? Stream.empty()
                : Stream.of(pathVariable.split(":")).filter(entry -> entry.startsWith("/"));
    }

    private static boolean exists(Path root, String folder, String file) {
        return Files.exists(root.resolve(folder.substring(1)).resolve(file));
    }
}
