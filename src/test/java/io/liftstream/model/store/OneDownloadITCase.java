package io.liftstream.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.liftstream.network.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneDownloadITCase {
    private static final int PARTS = 10;
    private static final int PART = 50_000;

    @TempDir private Path folder;

    /** Fetches an address into a folder as any process would. */
    static final class Fetch {
        private Fetch() {}

        public static void main(String[] arguments) {
            ModelStore store = new ModelStore(Path.of(arguments[0]));
            System.out.println("fetched " + store.fetch(URI.create(arguments[1]), null));
        }
    }

    @Test
    void downloadsOnceForThreeProcessesThatAskAtTheSameTime() throws Exception {
        Path keys = ModelServer.makeKeys(folder);
        try (ModelServer server = new ModelServer(keys)) {
            server.on("/model.onnx", OneDownloadITCase::giveSlowly);
            List<ChildJvm> children = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                children.add(fetch(keys, server.address("/model.onnx")));
            }
            List<String> outputs = new ArrayList<>();
            for (ChildJvm child : children) {
                outputs.add(child.output());
            }
            assertThat(outputs).allMatch(output -> output.contains("fetched "));
            assertThat(server.requests()).containsExactly("/model.onnx");
        }
    }

    private ChildJvm fetch(Path keys, URI address) throws Exception {
        return ChildJvm.start(
                Map.of("HTTPS_PROXY", "", "https_proxy", "", "LIFTSTREAM_OFFLINE", ""),
                List.of(
                        "-Djavax.net.ssl.trustStore=" + keys,
                        "-Djavax.net.ssl.trustStorePassword=" + ModelServer.PASSWORD),
                Fetch.class,
                List.of(folder.resolve("cache").toString(), address.toString()));
    }

    // Slow enough that all three are waiting for it.
    private static void giveSlowly(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, (long) PARTS * PART);
        OutputStream out = exchange.getResponseBody();
        byte[] part = new byte[PART];
        Random random = new Random(3);
        for (int i = 0; i < PARTS; i++) {
            random.nextBytes(part);
            out.write(part);
            out.flush();
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
