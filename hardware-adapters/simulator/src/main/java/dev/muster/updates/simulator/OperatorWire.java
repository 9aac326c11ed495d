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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to the native API, as any operator with a token could send them. Reads what it wrote: it remembers the
 * position of its last write and asks for answers that are at least as new. Blocking; for the story and for load.
 */
public final class OperatorWire implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NOT_CAUGHT_UP = "kernel.not-caught-up";
    private static final int ATTEMPTS_MAX = 30;

    private final URI server;
    private final String token;
    private final AtomicLong written = new AtomicLong(-1);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param server origin without a trailing slash */
    public OperatorWire(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Throws for every answer but 2xx, as the others do; an empty answer is an empty object. */
    public JsonNode get(String path) throws WireFault, InterruptedException {
        return exchange("GET", path, "", BodyPublishers.noBody());
    }

    /** The same for answers of any kind, such as pages. */
    public String text(String path) throws WireFault, InterruptedException {
        return send("GET", path, "", BodyPublishers.noBody());
    }

    public JsonNode post(String path, Map<String, ?> body) throws WireFault, InterruptedException {
        return exchange("POST", path, "application/json", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    public JsonNode put(String path, Map<String, ?> body) throws WireFault, InterruptedException {
        return exchange("PUT", path, "application/json", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    /** PUT of something that has versions, whichever it has now. */
    public JsonNode replace(String path, Map<String, ?> body) throws WireFault, InterruptedException {
        BodyPublisher bytes = BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        return read("PUT " + path, send("PUT", path, "application/json", bytes, "If-Match", "*"));
    }

    public JsonNode upload(String path, byte[] bytes) throws WireFault, InterruptedException {
        return exchange("POST", path, "application/octet-stream", BodyPublishers.ofByteArray(bytes));
    }

    /** Sends lines of JSON and answers the lines that come back. */
    public String lines(String path, String lines) throws WireFault, InterruptedException {
        return send("POST", path, "application/x-ndjson", BodyPublishers.ofString(lines));
    }

    /**
     * The lines of a live stream, as they come. Reading blocks; it ends when the stream or this is closed, with an
     * {@link java.io.UncheckedIOException} if that cuts a line.
     */
    public Stream<String> live(String path) throws WireFault, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new WireFault(answer.statusCode(), "GET " + path + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new WireFault(0, "GET " + path + " failed: " + e);
        }
    }

    private JsonNode exchange(String method, String path, String type, BodyPublisher body)
            throws WireFault, InterruptedException {
        return read(method + " " + path, send(method, path, type, body));
    }

    private static JsonNode read(String asked, String answer) throws WireFault {
        try {
            return JSON.readTree(answer.isEmpty() ? "{}" : answer);
        } catch (JacksonException e) {
            throw new WireFault(200, asked + " answered no JSON: " + e.getOriginalMessage());
        }
    }

    private String send(String method, String path, String type, BodyPublisher body, String... headers)
            throws WireFault, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json, application/x-ndjson, */*;q=0.1")
                .method(method, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        long position = written.get();
        if (method.equals("GET") && position >= 0) {
            request.header("Muster-Min-Position", Long.toString(position));
        }
        HttpResponse<String> answer = attempt(request.build());
        // The server has waited a while for its views already; a busy one may need more than once.
        for (int i = 1;
                i < ATTEMPTS_MAX && answer.statusCode() == 503 && answer.body().contains(NOT_CAUGHT_UP);
                i++) {
            answer = attempt(request.build());
        }
        if (answer.statusCode() / 100 != 2) {
            throw new WireFault(
                    answer.statusCode(),
                    method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        answer.headers().firstValueAsLong("Muster-Position").ifPresent(at -> written.accumulateAndGet(at, Math::max));
        return answer.body();
    }

    private HttpResponse<String> attempt(HttpRequest request) throws WireFault, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new WireFault(0, request.method() + " " + request.uri().getPath() + " failed: " + e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
