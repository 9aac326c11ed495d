package dev.muster.updates.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The story's requests to the native API, as any operator with a token could send them. Blocking. */
final class OperatorWire implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI server;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    OperatorWire(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    JsonNode get(String path) throws WireFault, InterruptedException {
        return exchange("GET", path, "", BodyPublishers.noBody());
    }

    JsonNode post(String path, Map<String, ?> body) throws WireFault, InterruptedException {
        return exchange("POST", path, "application/json", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    JsonNode put(String path, Map<String, ?> body) throws WireFault, InterruptedException {
        return exchange("PUT", path, "application/json", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    JsonNode upload(String path, byte[] bytes) throws WireFault, InterruptedException {
        return exchange("POST", path, "application/octet-stream", BodyPublishers.ofByteArray(bytes));
    }

    private JsonNode exchange(String method, String path, String type, BodyPublisher body)
            throws WireFault, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(method, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new WireFault(
                        answer.statusCode(),
                        method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException | JacksonException e) {
            throw new WireFault(0, method + " " + path + " failed: " + e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
