package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says to those who ask for what it does not give. */
class ViewServerTest {
    private static final String UPGRADE =
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String FOXGLOVE = "Sec-WebSocket-Protocol: foxglove.sdk.v1\r\n";
    private static final String PAGE = "Sec-WebSocket-Protocol: liftstream.view.v1\r\n";

    private ViewServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                new ViewServer(
                        new NewestFrames(System::nanoTime),
                        "127.0.0.1",
                        0,
                        new TrustedAddresses("127.0.0.1", List.of("https://viewer.example")),
                        "test");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePageAndItsModulesAreServedUnderAPolicy() throws IOException {
        String page = get("/", "127.0.0.1");
        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Security-Policy: default-src 'none'")
                .contains("X-Content-Type-Options: nosniff")
                .doesNotContain("Server:")
                .contains("\"three\":\"/modules/three.js\"");
        for (String path :
                List.of(
                        "/live-page.js",
                        "/page.css",
                        "/modules/three.js",
                        "/modules/three.core.js")) {
            assertThat(get(path, "localhost")).as(path).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aNameThatSomeoneElseCanGiveAwayIsRefused() throws IOException {
        for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost.evil")) {
            assertThat(get("/", host)).as(host).startsWith("HTTP/1.1 421");
            assertThat(
                            ask(
                                    "GET /live HTTP/1.1\r\nHost: " + host + "\r\n",
                                    UPGRADE + PAGE + "Origin: http://" + host + "\r\n"))
                    .as(host)
                    .startsWith("HTTP/1.1 421");
        }
        assertThat(get("/", "[::1]")).startsWith("HTTP/1.1 200");
        assertThat(get("/", "192.168.1.7")).startsWith("HTTP/1.1 200");
    }

    @Test
    void nothingCanBeWrittenAndNothingElseBeRead() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            assertThat(ask(method + " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n", ""))
                    .as(method)
                    .startsWith("HTTP/1.1 405");
        }
        for (String path :
                List.of(
                        "/modules/",
                        "/../pom.xml",
                        "/%2e%2e/pom.xml",
                        "/modules/..%2fpage.css",
                        "//")) {
            assertThat(get(path, "localhost")).as(path).matches("(?s)HTTP/1.1 4\\d\\d.*");
        }
    }

    @Test
    void onlyOurPageMayUseItsSocket() throws IOException {
        String own = "Origin: http://127.0.0.1:" + server.port() + "\r\n";
        assertThat(socket("/live", PAGE + own)).startsWith("HTTP/1.1 101");
        assertThat(socket("/live", PAGE)).startsWith("HTTP/1.1 101");
        for (String origin :
                List.of(
                        "http://evil.example",
                        "http://127.0.0.1:1",
                        "https://app.foxglove.dev",
                        "null",
                        "file://",
                        "%")) {
            assertThat(socket("/live", PAGE + "Origin: " + origin + "\r\n"))
                    .as(origin)
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void knownViewersMaySpeakFoxglovesProtocolAndOtherPagesMayNot() throws IOException {
        for (String origin :
                List.of("https://app.foxglove.dev", "file://", "https://viewer.example")) {
            assertThat(socket("/", FOXGLOVE + "Origin: " + origin + "\r\n"))
                    .as(origin)
                    .startsWith("HTTP/1.1 101")
                    .contains("Sec-WebSocket-Protocol: foxglove.sdk.v1");
        }
        for (String origin : List.of("http://evil.example", "null", "https://foxglove.dev")) {
            assertThat(socket("/", FOXGLOVE + "Origin: " + origin + "\r\n"))
                    .as(origin)
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void theSubprotocolThatWasAskedForIsEchoedAndOthersAreRefused() throws IOException {
        assertThat(socket("/", "Sec-WebSocket-Protocol: foxglove.websocket.v1\r\n"))
                .startsWith("HTTP/1.1 101")
                .contains("Sec-WebSocket-Protocol: foxglove.websocket.v1");
        assertThat(socket("/", "Sec-WebSocket-Protocol: graphql-ws\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("must be foxglove.sdk.v1 or foxglove.websocket.v1");
        assertThat(socket("/live", "")).startsWith("HTTP/1.1 400");
    }

    private String get(String path, String host) throws IOException {
        return ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n", "");
    }

    private String socket(String path, String headers) throws IOException {
        return ask(
                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n",
                UPGRADE + headers);
    }

    /** What the server answers; of a WebSocket, its headers. */
    private String ask(String request, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write((request + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
            if (headers.isEmpty() && request.contains("Connection: close")) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
            byte[] first = new byte[4096];
            int length = socket.getInputStream().read(first);
            return new String(first, 0, length, StandardCharsets.UTF_8);
        }
    }
}
