package io.liftstream.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Flink's REST API, version 1. */
final class FlinkRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String address;

    /**
     * @param address of the web UI: http://host:port
     */
    FlinkRest(String address) {
        this.address = address;
    }

    /**
     * Asks for a resource.
     *
     * @param path below /v1
     * @throws IOException where Flink does not answer, or knows no such thing
     */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/v1" + path)).timeout(TIMEOUT).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(address + path + " answers " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }
}
