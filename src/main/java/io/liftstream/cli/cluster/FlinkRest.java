package io.liftstream.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Flink's REST interface, read. */
public final class FlinkRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    /**
     * The interface of a JobManager.
     *
     * @param address such as {@code http://127.0.0.1:8081}
     */
    public FlinkRest(String address) {
        this.address = address;
    }

    /** {@return where the web UI is} */
    public String address() {
        return address;
    }

    /**
     * {@return what it answers, or an empty object while it does not}
     *
     * @param path such as {@code /overview}
     */
    public JsonNode get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT).build();
        try {
            return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException notYet) {
            return JSON.createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JSON.createObjectNode();
        }
    }
}
