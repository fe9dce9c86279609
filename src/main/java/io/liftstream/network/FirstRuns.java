package io.liftstream.network;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's profile of the first runs of a session, for the one thing that it says nowhere
 * else: which layers a GPU does not run. Layers that compute sizes of tensors, a few numbers each,
 * run on the CPU by design; one that moves pixels there and back costs more than all the others.
 */
final class FirstRuns {
    private static final Logger LOG = LoggerFactory.getLogger(FirstRuns.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CPU = "CPUExecutionProvider";
    private static final String SUFFIX = "_kernel_time";

    /** More than the sizes of tensors take, and less than any map of depth. */
    private static final long PIXELS_BYTES = 16_384;

    private final Path folder;
    private final OrtSession session;

    private FirstRuns(Path folder, OrtSession session) {
        this.folder = folder;
        this.session = session;
    }

    /**
     * Opens a session that writes down what it runs.
     *
     * @param temporary folder in which that is written
     * @return empty, with a warning, where nothing can be written there
     */
    static Optional<FirstRuns> open(
            Path temporary, SessionOpener opener, OrtSession.SessionOptions options)
            throws OrtException {
        Path folder;
        try {
            folder = Files.createTempDirectory(temporary, "liftstream-first-runs");
        } catch (IOException e) {
            LOG.warn(
                    "Layers that the GPU does not run are not reported: no file can be written to {}"
                            + " (java.io.tmpdir); name a folder that can be written to",
                    temporary);
            return Optional.empty();
        }
        try {
            options.enableProfiling(folder.resolve("profile").toString());
            return Optional.of(new FirstRuns(folder, opener.open(options)));
        } catch (OrtException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** Opens a session with options. */
    @FunctionalInterface
    interface SessionOpener {
        OrtSession open(OrtSession.SessionOptions options) throws OrtException;
    }

    OrtSession session() {
        return session;
    }

    /**
     * Ends the profile.
     *
     * @return the layers that ran on the CPU with pixels, each as operator and name
     */
    List<String> layersOnCpu() throws OrtException {
        try {
            return layersOnCpu(JSON.readTree(Path.of(session.endProfiling()).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(folder);
        }
    }

    private static List<String> layersOnCpu(JsonNode events) {
        List<String> layers = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode about = event.path("args");
            long bytes = about.path("output_size").asLong();
            if (about.path("provider").asText().equals(CPU) && bytes >= PIXELS_BYTES) {
                String name = event.path("name").asText().replace(SUFFIX, "");
                String layer = about.path("op_name").asText() + " " + name;
                if (!layers.contains(layer)) {
                    layers.add(layer);
                }
            }
        }
        return layers;
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
