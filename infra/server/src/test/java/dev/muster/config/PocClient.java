package dev.muster.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** Programs of the registries proof of concept, as they speak with their configuration server. */
final class PocClient implements AutoCloseable {

    static final String REGISTRATION =
            "{\"ip-address\": \"10.0.0.1\", \"public-key-rsa\": \"ssh-rsa AAAA\", \"arch\": \"arm64\"}";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            // As their HTTP library does: method and body stay.
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String base;

    /** @param base what stands before {@code /poll/} */
    PocClient(String base) {
        this.base = base;
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            return http.send(request(method, path, body, headers), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its status, or a failure when nobody answers any more. */
    CompletableFuture<Integer> sending(String method, String path, String body) {
        return http.sendAsync(request(method, path, body), BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode);
    }

    /** Registers and answers the id. */
    String register() {
        HttpResponse<String> answer = send("POST", "/register/", REGISTRATION);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).path("uuid").asString();
    }

    HttpResponse<String> poll(String uuid, String config) {
        return send("POST", "/poll/", "{\"uuid\": \"" + uuid + "\", \"config\": " + config + "}");
    }

    String state(String uuid) {
        return JSON.readTree(send("GET", "/state/" + uuid + "/", null).body())
                .path("config")
                .toString();
    }

    /** The whole target, as JSON. */
    String target() {
        HttpResponse<String> answer = send("GET", "/target-config/", null);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).path("config").toString();
    }

    int setTarget(String config) {
        return send("PUT", "/target-config/", "{\"config\": " + config + "}").statusCode();
    }

    /** A target in which every value is the same number, so that a mixture of two shows. */
    static String generation(int number, int values) {
        return JSON.writeValueAsString(
                Map.of("generation", number, "list", java.util.Collections.nCopies(values, number)));
    }

    /** The number of a whole generation; fails on anything else. */
    static int generationOf(String config, int values) {
        int number = JSON.readTree(config).path("generation").asInt(-1);
        if (number < 0 || !JSON.readTree(config).equals(JSON.readTree(generation(number, values)))) {
            throw new AssertionError("no whole target: " + config.substring(0, Math.min(200, config.length())));
        }
        return number;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
