package dev.muster.goosebit;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole real server as gooseBit's clients see it. Unless a test says otherwise its devices need no token. */
final class GoosebitWorld implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(10);
    static final String BOUNDARY = "the-boundary-of-the-parts";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BASE = "/goosebit";

    final TestServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private GoosebitWorld(TestServer server) {
        this.server = server;
        rules(Map.of("pollingTime", "00:01:00"));
    }

    /** With settings, each as an argument. */
    static GoosebitWorld with(String... settings) {
        return new GoosebitWorld(TestServer.start(settings));
    }

    static GoosebitWorld withoutDeviceAuth() {
        return with("--muster.goosebit.device-auth=false");
    }

    /** Changes what operators set at run time. */
    void rules(Map<String, Object> change) {
        server.ok("PUT", "/api/v1/settings/updates", change, "If-Match", "*");
        settle();
    }

    /** What was done in the native API is seen here, too. */
    void settle() {
        server.bean(Positions.class).caughtUp(WAIT).block(WAIT.plusSeconds(1));
    }

    /** @param json null node when the body is no JSON */
    record Answer(int status, HttpHeaders headers, byte[] bytes, JsonNode json) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String detail() {
            return json.path("detail").asString("");
        }

        /** The same, once it has this status. */
        Answer expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected " + wanted + ", got " + status + " " + text());
            }
            return this;
        }
    }

    /** As the administrator; texts and bytes go as they are, all else as JSON. */
    Answer ask(String method, String path, @Nullable Object body, String... headers) {
        return send(method, path, body, "Bearer " + server.adminToken(), headers);
    }

    Answer get(String path) {
        return ask("GET", path, null).expect(200);
    }

    /** @param authorization the whole header, or null for nobody */
    Answer send(String method, String path, @Nullable Object body, @Nullable String authorization, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + BASE + path))
                .timeout(Duration.ofSeconds(60));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        boolean typed = body == null;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (!typed) {
            request.header("Content-Type", "application/json");
        }
        BodyPublisher content =
                switch (body) {
                    case null -> BodyPublishers.noBody();
                    case String text -> BodyPublishers.ofString(text);
                    case byte[] bytes -> BodyPublishers.ofByteArray(bytes);
                    default -> BodyPublishers.ofString(JSON.writeValueAsString(body));
                };
        try {
            HttpResponse<byte[]> response =
                    http.send(request.method(method, content).build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body(), json(response));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("application/json") && response.body().length > 0
                ? JSON.readTree(response.body())
                : JSON.nullNode();
    }

    /** What a device without a token asks. */
    Answer device(String method, String id, String rest, @Nullable Object body, String... headers) {
        return send(method, "/DEFAULT/controller/v1/" + id + rest, body, null, headers);
    }

    Answer poll(String id) {
        return device("GET", id, "", null).expect(200);
    }

    /** Number of the software a device is offered; empty text for none. */
    String offered(String id) {
        String href = poll(id).json()
                .path("_links")
                .path("deploymentBase")
                .path("href")
                .asString("");
        return href.substring(href.lastIndexOf('/') + 1);
    }

    /** A device that said what it is, and is offered what is there for it. */
    void registered(String id) {
        poll(id);
        device("PUT", id, "/configData", Map.of("data", Map.of())).expect(200);
    }

    Answer feedback(String id, Object number, String execution, String finished, String... details) {
        return device("POST", id, "/deploymentBase/" + number + "/feedback", said(execution, finished, details));
    }

    static Map<String, Object> said(String execution, String finished, String... details) {
        Map<String, Object> status = new HashMap<>();
        status.put("execution", execution);
        status.put("result", Map.of("finished", finished));
        status.put("details", details);
        return Map.of("id", "1", "status", status, "time", "20261127T120000");
    }

    /** Uploads a bundle and answers its number. */
    int software(String version, String compatibility) {
        return upload(
                        "update-" + version.replaceAll("[^A-Za-z0-9.]", "_") + ".swu",
                        SwuBytes.of(version, compatibility))
                .expect(200)
                .json()
                .path("id")
                .asInt();
    }

    Answer upload(String fileName, byte[] content) {
        return ask("PUT", "/api/v1/software", file("file", fileName, content), "Content-Type", multipart());
    }

    static String multipart() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    static byte[] file(String part, String fileName, byte[] content, String... fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                            + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\""
                        + fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    int rollout(String feed, int software) {
        return ask("PUT", "/api/v1/rollouts", Map.of("name", "", "feed", feed, "software_id", software))
                .expect(200)
                .json()
                .path("id")
                .asInt();
    }

    Answer patch(String id, Map<String, Object> change) {
        Map<String, Object> body = new HashMap<>(change);
        body.put("devices", java.util.List.of(id));
        return ask("PATCH", "/api/v1/devices", body);
    }

    /** As the list of devices shows it. */
    JsonNode shown(String id) {
        for (JsonNode each : get("/api/v1/devices").json().path("devices")) {
            if (each.path("id").asString().equals(id)) {
                return each;
            }
        }
        throw new AssertionError("no device " + id);
    }

    JsonNode rolloutShown(int id) {
        for (JsonNode each : get("/api/v1/rollouts").json().path("rollouts")) {
            if (each.path("id").asInt() == id) {
                return each;
            }
        }
        throw new AssertionError("no rollout " + id);
    }

    /** A form as browsers send it. */
    Answer form(String path, String... fields) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(java.net.URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send("POST", path, body.toString(), null, "Content-Type", "application/x-www-form-urlencoded");
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
