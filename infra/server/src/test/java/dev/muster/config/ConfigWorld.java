package dev.muster.config;

import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole real server with registries, and whoever asks it; whoever asks sees what the same world wrote before. */
final class ConfigWorld implements AutoCloseable {

    static final Duration WAIT = Duration.ofSeconds(20);
    /** {@code wifi.key} is marked secret, {@code wifi.pin} is nobody's to read. */
    static final String NETWORK = """
            {"account-id":"acme","name":"network","summary":"How robots are connected",
             "storage":{"aliases":{"uint":{"type":"int","min":0}},"schema":{
              "host":"string","rate":"${uint}",
              "interfaces":{"keys":"string","values":{"schema":{"mtu":"int","up":"bool"}}},
              "wifi":{"schema":{"ssid":"string","key":{"type":"string","visibility":"secret"},"pin":"string"}}}},
             "views":{
              "all":{"summary":"Everything","rules":[
               {"request":"host","storage":"host"},{"request":"rate","storage":"rate"},
               {"request":"interfaces.{name}","storage":"interfaces.{name}",
                "content":[{"request":"mtu","storage":"mtu"},{"request":"up","storage":"up"}]},
               {"request":"wifi.ssid","storage":"wifi.ssid"},{"request":"wifi.key","storage":"wifi.key"},
               {"request":"pin","storage":"wifi.pin","access":"write"}]},
              "look":{"rules":[{"request":"host","storage":"host","access":"read"}]}}}
            """;

    static final String NET = "/api/v1/registries/acme/network";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String POSITION = "Muster-Position";

    final TestServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    /** Of the newest write that was answered. */
    private final AtomicLong position = new AtomicLong();

    private ConfigWorld(TestServer server) {
        this.server = server;
    }

    static ConfigWorld start() {
        return new ConfigWorld(TestServer.start());
    }

    /** With settings, each as an argument. */
    static ConfigWorld with(String... settings) {
        return new ConfigWorld(TestServer.start(settings));
    }

    static ConfigWorld start(Path data) {
        return new ConfigWorld(TestServer.start(data, null));
    }

    /** @param json null node when the body is no JSON */
    record Answer(int status, HttpHeaders headers, String text, JsonNode json) {

        String code() {
            return json.path("code").asString("");
        }

        /** The same, once it has this status. */
        Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + ", got " + status + " " + text);
            }
            return this;
        }
    }

    /** As the administrator; {@code path} is all of it. Texts go as they are, all else as JSON. */
    Answer ask(String method, String path, @Nullable Object body, String... headers) {
        return send(method, path, body, "Bearer " + server.adminToken(), headers);
    }

    Answer get(String path) {
        return ask("GET", path, null);
    }

    /** @param authorization the whole header, or null for nobody */
    Answer send(String method, String path, @Nullable Object body, @Nullable String authorization, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).timeout(Duration.ofSeconds(90));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        request.header("Muster-Min-Position", position.toString());
        boolean typed = body == null;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (!typed) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method,
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body)));
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            response.headers()
                    .firstValue(POSITION)
                    .ifPresent(it -> position.accumulateAndGet(Long.parseLong(it), Math::max));
            return new Answer(response.statusCode(), response.headers(), response.body(), json(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        return text.startsWith("{") || text.startsWith("[") ? JSON.readTree(text) : JSON.nullNode();
    }

    /** A token of this server with these rights, as a header. */
    String token(String... scopes) {
        Map<String, Object> wish =
                Map.of("name", String.join(" ", scopes), "scopes", List.of(scopes), "expiresIn", "P1D");
        return "Bearer "
                + ask("POST", "/api/v1/tokens", wish)
                        .expect(201)
                        .json()
                        .path("token")
                        .asString();
    }

    /** Registers a device and answers its own token, as a header. */
    String device(String id, @Nullable String group) {
        Map<String, Object> device = new HashMap<>(Map.of("id", id, "issueToken", true));
        if (group != null) {
            device.put("group", group);
        }
        return "TargetToken "
                + ask("POST", "/api/v1/devices", device)
                        .expect(201)
                        .json()
                        .path("token")
                        .asString();
    }

    /** Writes through view {@code all}; paths and values by turns, null unsets. */
    Answer write(String layer, @Nullable Object... pairs) {
        return ask("PATCH", NET + "/" + layer + "/views/all", values(pairs));
    }

    static Map<String, Object> values(@Nullable Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], pairs[i + 1]);
        }
        return Map.of("values", values);
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
