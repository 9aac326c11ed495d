package dev.muster.server;

import dev.muster.Muster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole real server in this process: embedded stores on disk, a free port of 127.0.0.1, an admin token. */
public final class TestServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;
    private final String baseUrl;
    private final String adminToken;

    private TestServer(ConfigurableApplicationContext context, Path tokenFile) throws IOException {
        this.context = context;
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        this.baseUrl = "http://127.0.0.1:" + port;
        Readiness readiness = context.getBean(Readiness.class);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(readiness::ready);
        this.adminToken = Files.readString(tokenFile).strip();
    }

    /** Starts on a fresh data directory with the real clock. */
    public static TestServer start(String... properties) {
        return start(freshDirectory(), null, properties);
    }

    /** Starts on the given data directory; {@code clock} null for the real one. */
    public static TestServer start(Path data, @Nullable Clock clock, String... properties) {
        return startWith(data, clock == null ? Map.of() : Map.of("clock", clock), properties);
    }

    /**
     * Starts on the given data directory.
     *
     * @param beans by name, those that the server lets tests bring
     */
    public static TestServer startWith(Path data, Map<String, Object> beans, String... properties) {
        Path tokenFile = data.resolveSibling(data.getFileName() + ".token");
        SpringApplication application = new SpringApplication(Muster.class);
        beans.forEach((name, bean) ->
                application.addInitializers(fresh -> register((GenericApplicationContext) fresh, name, bean)));
        List<String> args = new ArrayList<>(
                List.of("--server.port=0", "--muster.data=" + data, "--muster.admin-token-file=" + tokenFile));
        args.addAll(Arrays.asList(properties));
        if (args.stream().noneMatch(arg -> arg.startsWith("--springdoc"))) {
            args.add("--springdoc.api-docs.enabled=false");
        }
        try {
            return new TestServer(application.run(args.toArray(new String[0])), tokenFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static void register(GenericApplicationContext context, String name, Object bean) {
        context.registerBean(name, (Class<Object>) bean.getClass(), () -> bean);
    }

    public static Path freshDirectory() {
        try {
            return Files.createTempDirectory("muster-test").resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http://127.0.0.1:<port>}, without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    /** A token with every permission. */
    public String adminToken() {
        return adminToken;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Sends JSON as the administrator; null for no body. */
    public HttpResponse<String> send(String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + adminToken);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (body != null && Arrays.stream(headers).noneMatch("Content-Type"::equalsIgnoreCase)) {
            request.header("Content-Type", "application/json");
        }
        HttpRequest.BodyPublisher content =
                switch (body) {
                    case null -> HttpRequest.BodyPublishers.noBody();
                    case String text -> HttpRequest.BodyPublishers.ofString(text);
                    case byte[] bytes -> HttpRequest.BodyPublishers.ofByteArray(bytes);
                    default -> HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
                };
        return exchange(request.method(method, content).build());
    }

    /** Sends and expects a 2xx; answers its JSON, or null without a body. */
    public JsonNode ok(String method, String path, @Nullable Object body, String... headers) {
        HttpResponse<String> answer = send(method, path, body, headers);
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }

    /** Plans a rollout and starts it, at once or as soon as its members are frozen; answers its id. */
    public String rollout(Map<String, Object> plan) {
        String id = ok("POST", "/api/v1/rollouts", plan).path("id").asString();
        ok("POST", "/api/v1/rollouts/" + id + "/start", null);
        return id;
    }

    public JsonNode get(String path) {
        return ok("GET", path, null);
    }

    public static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
