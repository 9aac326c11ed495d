package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Debian's docker-registry, set up as the manual says, so that it believes the tokens of a server; and a client of it,
 * which goes where the registry sends it, as Docker does.
 */
final class ImageRegistry implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration MAX = Duration.ofSeconds(20);
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final Pattern TERM = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final String CONFIGURATION = """
            version: 0.1
            log:
              level: warn
            storage:
              filesystem:
                rootdirectory: %s
            http:
              addr: 127.0.0.1:%d
            auth:
              token:
                realm: %s/wamp/registry-token
                service: images
                issuer: muster
                rootcertbundle: %s
            """;

    private final String address;
    private final Programs programs;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(MAX)
            .build();

    private ImageRegistry(String address, Programs programs) {
        this.address = address;
        this.programs = programs;
    }

    /** Who somebody says to be where tokens are given out. */
    record Login(String name, String password) {

        private String header() {
            String both = name + ":" + password;
            return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** As small as one can be; to a registry, what is in it are bytes. */
    record Image(String config, String layer) {

        private String manifest() {
            return JSON.writeValueAsString(Map.of(
                    "schemaVersion",
                    2,
                    "mediaType",
                    MANIFEST,
                    "config",
                    part("application/vnd.docker.container.image.v1+json", config),
                    "layers",
                    List.of(part("application/vnd.docker.image.rootfs.diff.tar.gzip", layer))));
        }

        private static Map<String, Object> part(String type, String content) {
            return Map.of("mediaType", type, "size", bytes(content).length, "digest", digest(content));
        }
    }

    /** Skips the test when there is none. */
    static void assume() {
        Programs.assume("docker-registry", "docker-registry");
    }

    /** @param server address of the one that it believes */
    static ImageRegistry start(Path dir, String server) throws IOException {
        int port = freePort();
        Programs programs = new Programs(dir.resolve("registry.log"));
        ImageRegistry registry = new ImageRegistry("http://127.0.0.1:" + port, programs);
        HttpResponse<String> bundle = registry.send(null, "GET", server + "/wamp/registry-keys.pem", "");
        assertThat(bundle.statusCode()).isEqualTo(200);
        Path certificate = Files.writeString(dir.resolve("muster.pem"), bundle.body());
        Path file = Files.writeString(
                dir.resolve("config.yml"), CONFIGURATION.formatted(dir.resolve("images"), port, server, certificate));
        String program = Programs.assume("docker-registry", "docker-registry").toString();
        Process process = programs.start(program, "serve", file.toString());
        try {
            Awaitility.await()
                    .atMost(MAX)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> {
                        assertThat(process.isAlive()).as(programs.log()).isTrue();
                        return registry.send(null, "GET", "/v2/", "").statusCode() == 401;
                    });
        } catch (Throwable failure) {
            registry.close();
            throw failure;
        }
        return registry;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    static String manifest(String repository, String tag) {
        return "/v2/" + repository + "/manifests/" + tag;
    }

    /**
     * To the registry, with a token or none.
     *
     * @param path or a whole address
     */
    HttpResponse<String> send(@Nullable String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address).resolve(path))
                .timeout(MAX)
                // Without it, the registry would look for an older form of the manifest.
                .header("Accept", MANIFEST + ", */*")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request.build());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a refusal of the registry says to be missing. */
    static Map<String, String> terms(HttpResponse<String> refusal) {
        assertThat(refusal.statusCode()).isEqualTo(401);
        Map<String, String> terms = new HashMap<>();
        Matcher each =
                TERM.matcher(refusal.headers().firstValue("WWW-Authenticate").orElse(""));
        while (each.find()) {
            terms.put(each.group(1), each.group(2));
        }
        return terms;
    }

    /** What somebody is answered by the place that the registry sends them to for a token to do this. */
    HttpResponse<String> signIn(@Nullable Login who, String method, String path) {
        Map<String, String> terms = terms(send(null, method, path, ""));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(terms.get("realm") + "?service="
                        + encoded(terms.get("service")) + "&scope=" + encoded(terms.getOrDefault("scope", ""))))
                .timeout(MAX);
        if (who != null) {
            request.header("Authorization", who.header());
        }
        return exchange(request.build());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Of somebody who may sign in. */
    String token(Login who, String method, String path) {
        HttpResponse<String> answer = signIn(who, method, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("token").asString("");
    }

    /** Whether the registry lets somebody do this, who may sign in. */
    boolean lets(Login who, String method, String path) {
        HttpResponse<String> answer = send(token(who, method, path), method, path, "");
        if (answer.statusCode() != 401) {
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
            return true;
        }
        assertThat(terms(answer)).containsEntry("error", "insufficient_scope");
        return false;
    }

    void push(Login who, String repository, String tag, Image image) {
        String token = token(who, "POST", uploads(repository));
        push(token, repository, image.config());
        push(token, repository, image.layer());
        HttpResponse<String> kept =
                send(token, "PUT", manifest(repository, tag), image.manifest(), "Content-Type", MANIFEST);
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    }

    private void push(String token, String repository, String content) {
        HttpResponse<String> begun = send(token, "POST", uploads(repository), "");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        String place = begun.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> kept = send(
                token,
                "PUT",
                place + "&digest=" + encoded(digest(content)),
                content,
                "Content-Type",
                "application/octet-stream");
        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    }

    Image pull(Login who, String repository, String tag) {
        String token = token(who, "GET", manifest(repository, tag));
        HttpResponse<String> answer = send(token, "GET", manifest(repository, tag), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode manifest = JSON.readTree(answer.body());
        return new Image(
                part(token, repository, manifest.path("config")),
                part(token, repository, manifest.path("layers").path(0)));
    }

    private String part(String token, String repository, JsonNode named) {
        String digest = named.path("digest").asString();
        HttpResponse<String> answer = send(token, "GET", "/v2/" + repository + "/blobs/" + digest, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(digest(answer.body())).isEqualTo(digest);
        return answer.body();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(content)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        programs.close();
        http.shutdownNow();
    }
}
