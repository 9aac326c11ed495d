package dev.muster.lab;

import dev.muster.lab.power.FakePdu;
import dev.muster.lab.power.Switchboard;
import dev.muster.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole real server with a lab, and people who use it: {@link #ann}, {@link #bob} and {@link #eve} borrow boards,
 * {@link #boss} runs the lab. Only one at a time: what servers of one JVM share ends with the first.
 */
final class LabWorld implements AutoCloseable {

    static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Somebody with an account and a token.
     *
     * @param id as {@code Caller.person()} has it, {@code user:<id>}
     * @param tokenId names the token where it is revoked
     */
    record Person(String name, String id, String token, String tokenId) {}

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

    final TestServer server;
    final Person ann;
    final Person bob;
    final Person eve;
    final Person boss;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, Person> people = new ConcurrentHashMap<>();

    private LabWorld(TestServer server, @Nullable String configuration) {
        this.server = server;
        this.ann = person("ann", "lab-user");
        this.bob = person("bob", "lab-user");
        this.eve = person("eve", "lab-user");
        this.boss = person("boss", "lab-admin");
        if (configuration != null) {
            configure(configuration);
        }
    }

    /**
     * Starts a server on fresh data.
     *
     * @param configuration UCL, put in force by {@link #boss}; null: the lab is as {@code settings} say
     * @param settings like {@code --muster.lab.sshd-port=0}
     */
    static LabWorld start(@Nullable String configuration, String... settings) {
        return startWith(Map.of(), configuration, settings);
    }

    /**
     * Starts a server on fresh data.
     *
     * @param beans by name, those that the server lets tests bring: {@code clock}, {@code labSettings}
     */
    static LabWorld startWith(Map<String, Object> beans, @Nullable String configuration, String... settings) {
        return launch(TestServer.freshDirectory(), beans, configuration, settings);
    }

    /** Starts a server on the data of another one that has ended, or on fresh ones. */
    static LabWorld start(Path data, @Nullable String configuration, String... settings) {
        return launch(data, Map.of(), configuration, settings);
    }

    private static LabWorld launch(
            Path data, Map<String, Object> beans, @Nullable String configuration, String... settings) {
        TestServer server = TestServer.startWith(data, beans, settings);
        try {
            return new LabWorld(server, configuration);
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    /**
     * A lab of one class with so many boards {@code <brdclass>-1…n} on one pretended switch; no script, no console. Their
     * outlets are {@code host} {@code pdu}, {@code port} 1…n of {@link #fakes}.
     */
    static String boards(String brdclass, int count) {
        StringBuilder text = new StringBuilder("classes { " + brdclass + " { arch = arm64-aarch64 } }\n");
        for (int i = 1; i <= count; i++) {
            text.append("boards { name = %s-%d, brdclass = %s, options = [ ".formatted(brdclass, i, brdclass))
                    .append("{ cls = snmppower, host = pdu, port = %d, profile = fake } ] }\n".formatted(i));
        }
        return text.toString();
    }

    /** Puts a configuration in force. */
    void configure(String configuration) {
        api("PUT", "/lab/configuration", configuration, boss, "Content-Type", "text/plain")
                .expect(200);
    }

    /** Somebody with that name, made when there is none yet; a lab user gets a token for {@code board:use}. */
    Person person(String name, String role) {
        return people.computeIfAbsent(name, it -> {
            String id = id(name, role);
            List<String> scopes = role.equals("lab-admin") ? List.of("board:use", "board:admin") : List.of("board:use");
            return withToken(name, id, scopes, "1h");
        });
    }

    /** The same person with one more token. */
    Person again(Person person) {
        return withToken(person.name(), person.id(), List.of("board:use"), "1h");
    }

    /** @param duration how long the token lives, like {@code 1h} */
    Person withToken(String name, String id, List<String> scopes, String duration) {
        JsonNode issued =
                server.ok("POST", "/bitelab/auth/tokens", Map.of("user", name, "scopes", scopes, "duration", duration));
        return new Person(
                name, id, issued.path("token").asString(), issued.path("id").asString());
    }

    private String id(String name, String role) {
        for (JsonNode each : server.get("/api/v1/users?limit=1000").path("items")) {
            if (each.path("username").asString().equals(name)) {
                return "user:" + each.path("id").asString();
            }
        }
        Map<String, Object> user = Map.of("username", name, "password", "correct horse", "roles", List.of(role));
        return "user:" + server.ok("POST", "/api/v1/users", user).path("id").asString();
    }

    /** The outlets that exist only in memory. */
    FakePdu fakes() {
        return server.bean(Switchboard.class).fakes();
    }

    /** Asks the lab's own wire; {@code path} begins behind {@code /bitelab}. */
    Answer bitelab(String method, String path, @Nullable Object body, @Nullable Person who, String... headers) {
        return send(method, "/bitelab" + path, body, who, headers);
    }

    /** Asks the native API; {@code path} begins behind {@code /api/v1}. */
    Answer api(String method, String path, @Nullable Object body, @Nullable Person who, String... headers) {
        return send(method, "/api/v1" + path, body, who, headers);
    }

    /**
     * @param body null for none; texts go as they are, all else as JSON
     * @param who null: nobody in particular, without a token
     * @param headers names and values in turn
     */
    Answer send(String method, String path, @Nullable Object body, @Nullable Person who, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).timeout(ANSWER_MAX);
        if (who != null) {
            request.header("Authorization", "Bearer " + who.token());
        }
        boolean isJson = body != null;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            isJson &= !headers[i].equalsIgnoreCase("Content-Type");
        }
        if (isJson) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(
                                body instanceof String text ? text : JSON.writeValueAsString(body)));
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers(), response.body(), json(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return JSON.nullNode();
        }
        return JSON.readTree(text);
    }

    /** A board as the lab's own wire tells it to {@link #boss}. */
    JsonNode board(String name) {
        return bitelab("GET", "/board/" + name, null, boss).expect(200).json();
    }

    /** The board as soon as it is in that state. */
    JsonNode awaitState(String name, String state) {
        return await(name, board -> board.path("state").asString().equals(state));
    }

    /** The board as soon as it is like that. */
    JsonNode await(String name, Predicate<JsonNode> like) {
        return Awaitility.await().atMost(WAIT).until(() -> board(name), like);
    }

    /** Opens a WebSocket; {@code path} begins behind {@code /bitelab}. Fails with {@link LabSocket.Refused}. */
    LabSocket open(String path, @Nullable Person who, String... protocols) {
        URI uri = URI.create(server.baseUrl().replace("http://", "ws://") + "/bitelab" + path);
        return LabSocket.open(http, uri, who == null ? null : who.token(), protocols);
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
