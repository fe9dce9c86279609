package io.liftstream.model.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** An HTTPS server on this machine with a certificate of its own making. */
final class ModelServer implements AutoCloseable {
    static final String PASSWORD = "changeit";

    /** Answers one request. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KeyStore keys;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * @param keyStore made by {@link #makeKeys}
     */
    ModelServer(Path keyStore) throws IOException, GeneralSecurityException {
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory manager =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.start();
    }

    /** Makes a self-signed certificate for localhost with the JDK's keytool. */
    static Path makeKeys(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process =
                new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        return file;
    }

    /** Serves a path. */
    void on(String path, Answer answer) {
        server.createContext(
                path,
                exchange -> {
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    requests.add(path + (range == null ? "" : " " + range));
                    try (exchange) {
                        answer.give(exchange);
                    }
                });
    }

    /** Serves bytes as they are. */
    static Answer content(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Sends the client elsewhere. */
    static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Serves bytes with ranges, cutting the first answer after {@code cut} bytes. */
    Answer cutOnce(byte[] bytes, int cut) {
        return exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"one\"");
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes, 0, cut);
                exchange.getResponseBody().flush();
                return;
            }
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/*");
            exchange.sendResponseHeaders(206, bytes.length - from);
            exchange.getResponseBody().write(bytes, from, bytes.length - from);
        };
    }

    /** Announces all at first, then sends it part by part, saying that it is of this length. */
    static Answer inParts(byte[] bytes, int part, int length) {
        return exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"one\"");
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes, 0, part);
                exchange.getResponseBody().flush();
                return;
            }
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            int sent = Math.min(part, bytes.length - from);
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (length - 1) + "/" + length);
            exchange.sendResponseHeaders(206, sent);
            exchange.getResponseBody().write(bytes, from, sent);
        };
    }

    /** Sends a byte at a time, for as long as the client endures it. */
    static Answer trickle(int length, long pauseMillis) {
        return exchange -> {
            exchange.sendResponseHeaders(200, length);
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < length; i++) {
                out.write(i);
                out.flush();
                try {
                    Thread.sleep(pauseMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        };
    }

    URI address(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    /** Paths that were asked for, each with its range. */
    List<String> requests() {
        return requests;
    }

    /** Believes this server and no other. */
    SSLSocketFactory trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory manager =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        manager.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, manager.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
