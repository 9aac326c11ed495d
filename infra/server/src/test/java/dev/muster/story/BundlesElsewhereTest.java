package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import dev.muster.updates.Catalogue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bundle on another host, from its address to the device; its password is on the way to devices alone. */
class BundlesElsewhereTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("builder:hu:sh@canary7".getBytes(StandardCharsets.UTF_8));

    /** What of the password must be nowhere. */
    private static final String CANARY = "canary7";

    @TempDir
    Path dir;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile byte @Nullable [] content;
    private HttpServer elsewhere;

    @BeforeEach
    void open() throws IOException {
        elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        elsewhere.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] given = content;
            boolean known = BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known || given == null) {
                exchange.sendResponseHeaders(known ? 404 : 401, -1);
            } else {
                exchange.sendResponseHeaders(200, given.length);
                exchange.getResponseBody().write(given);
            }
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterEach
    void close() {
        elsewhere.stop(0);
    }

    private String url(String user) {
        return "http://" + user + "127.0.0.1:" + elsewhere.getAddress().getPort() + "/builds/os-1.0.0.swu";
    }

    private byte[] bundle(String version) throws IOException {
        return Files.readAllBytes(SwuFile.make(dir, version, "1.0", 50_000, dir.resolve("x")));
    }

    @Test
    void aBundleStaysWhereItLiesAndDevicesFetchItFromThere() throws Exception {
        Path data = TestServer.freshDirectory();
        byte[] bundle = bundle("1.0.0");
        content = bundle;
        String whole = url("builder:hu%3Ash%40canary7@");
        String masked = url("builder:***@");
        String gateway;
        String release;
        try (TestServer server = TestServer.start(data, null, "--muster.artifacts.remote.allowed=127.0.0.1")) {
            gateway = server.ok("PUT", "/api/v1/settings/updates/gateway-token", null)
                    .path("token")
                    .asString();
            HttpResponse<String> answer = fetch(server, whole);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            JsonNode made = JSON.readTree(answer.body());
            release = made.path("id").asString();
            assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/releases/" + release);
            assertThat(made.path("version").asString()).isEqualTo("1.0.0");
            JsonNode file = made.path("modules").get(0).path("artifacts").get(0);
            assertThat(file.path("url").asString()).isEqualTo(masked);
            assertThat(file.path("fileName").asString()).isEqualTo("os-1.0.0.swu");
            assertThat(file.path("size").asInt()).isEqualTo(bundle.length);
            assertThat(file.path("sha256").asString()).isEqualTo(sha256(bundle));
            assertThat(made.path("modules").get(0).path("compatibility").size()).isEqualTo(1);
            assertThat(server.send("GET", "/api/v1/artifacts/" + sha256(bundle), null)
                            .statusCode())
                    .as("it is not kept")
                    .isEqualTo(404);

            again(server, whole, release);
            nobodySees(server, release);

            server.ok("POST", "/api/v1/devices", Map.of("id", "robot"));
            device(server, gateway, "PUT", "/configData", "{\"data\":{\"hw_revision\":\"1.0\"}}");
            server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
            server.ok("POST", "/api/v1/devices/robot/actions", Map.of("releaseId", release));
            installs(server, gateway, whole, bundle);
        }
        try (TestServer server = TestServer.start(data, null)) {
            installs(server, gateway, whole, bundle);
            assertThat(fetch(server, whole).body())
                    .as("this host is not named any more")
                    .contains("updates.url-refused")
                    .doesNotContain(CANARY);
            assertThat(server.send("DELETE", "/api/v1/releases/" + release, null)
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    /** The same is the same; what is worse than what is there changes nothing of it. */
    private void again(TestServer server, String whole, String release) throws IOException {
        byte[] good = content;
        HttpResponse<String> same = fetch(server, whole);
        assertThat(same.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(same.body()).path("id").asString()).isEqualTo(release);

        content = bundle("1.0.1");
        assertThat(server.send("POST", "/api/v1/releases:fetch", Map.of("url", whole, "version", "1.0.0"))
                        .body())
                .contains("updates.release-exists")
                .doesNotContain(CANARY);
        content = Arrays.copyOf(good, 2000);
        assertThat(fetch(server, whole).body()).contains("updates.bundle-invalid");
        content = null;
        HttpResponse<String> gone = fetch(server, whole);
        assertThat(gone.statusCode()).isEqualTo(422);
        assertThat(gone.body())
                .contains("updates.url-unreadable")
                .contains("404")
                .doesNotContain(CANARY)
                .doesNotContain("127.0.0.1");
        assertThat(fetch(server, url("builder:wrong@")).body()).contains("401").doesNotContain("wrong");
        int before = asked.get();
        for (String refused : new String[] {
            whole.replace("127.0.0.1", "127.0.0.2"), whole.replace("127.0.0.1", "169.254.169.254"),
        }) {
            HttpResponse<String> answer = fetch(server, refused);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("updates.url-refused").doesNotContain(CANARY);
        }
        HttpResponse<String> strange = fetch(server, whole.replace("http:", "file:"));
        assertThat(strange.statusCode()).isEqualTo(422);
        assertThat(strange.body()).contains("updates.url-invalid").doesNotContain(CANARY);
        assertThat(server.send("POST", "/api/v1/releases:fetch", Map.of("name", "os"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(asked).hasValue(before);
        content = good;

        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
        JsonNode all = server.get("/api/v1/releases").path("items");
        assertThat(all.size()).isEqualTo(1);
        assertThat(all.get(0).path("valid").asBoolean()).isTrue();
    }

    private static void nobodySees(TestServer server, String release) {
        Positions positions = server.bean(Positions.class);
        positions.viewed(positions.committed(), PATIENCE).block(PATIENCE);
        for (String path :
                new String[] {"/api/v1/releases", "/api/v1/releases/" + release, "/api/v1/audit?limit=100"}) {
            assertThat(server.send("GET", path, null).body())
                    .as(path)
                    .isNotEmpty()
                    .doesNotContain(CANARY);
        }
        assertThat(server.bean(Catalogue.class).all().toString())
                .contains("builder:***@")
                .doesNotContain(CANARY);
    }

    /** What the device is told, and where that leads. */
    private static void installs(TestServer server, String gateway, String whole, byte[] bundle) throws Exception {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
        JsonNode poll = JSON.readTree(device(server, gateway, "GET", "", null).body());
        String deployment =
                poll.path("_links").path("deploymentBase").path("href").asString();
        String path = deployment.substring(deployment.indexOf("/robot") + 6);
        JsonNode document =
                JSON.readTree(device(server, gateway, "GET", path, null).body());
        JsonNode chunk = document.path("deployment").path("chunks").get(0);
        JsonNode file = chunk.path("artifacts").get(0);
        String href = file.path("_links").path("download").path("href").asString();
        assertThat(href).isEqualTo(whole);
        assertThat(file.path("_links").path("download-http").path("href").asString())
                .isEqualTo(whole);
        assertThat(download(href)).isEqualTo(bundle);
        assertThat(file.path("hashes").path("sha256").asString()).isEqualTo(sha256(bundle));

        String md5sum = file.path("_links").path("md5sum").path("href").asString();
        String own = md5sum.substring(md5sum.indexOf("/robot") + 6).replace(".MD5SUM", "");
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<String> referred = device(server, gateway, method, own, null);
            assertThat(referred.statusCode()).isEqualTo(307);
            assertThat(referred.headers().firstValue("Location")).hasValue(whole);
        }
    }

    private static HttpResponse<String> fetch(TestServer server, String url) {
        return server.send("POST", "/api/v1/releases:fetch", Map.of("url", url));
    }

    /** As a device's client does: user and password of the address in a header. */
    private static byte[] download(String href) throws Exception {
        URI uri = URI.create(href);
        String basic = Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(href.replace(uri.getRawUserInfo() + "@", "")))
                .timeout(PATIENCE)
                .header("Authorization", "Basic " + basic)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        }
    }

    private static HttpResponse<String> device(
            TestServer server, String gateway, String method, String path, @Nullable String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.baseUrl() + "/default/controller/v1/robot" + path))
                .timeout(PATIENCE)
                .header("Authorization", "GatewayToken " + gateway)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return TestServer.exchange(request);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
