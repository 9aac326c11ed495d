package dev.muster.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.kernel.Positions;
import dev.muster.server.TestServer;
import dev.muster.testing.S3Server;
import dev.muster.updates.ArtifactStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bundles lie in a bucket of a real S3 server, from the upload to two devices: one of ours and one of gooseBit's. */
class FilesInABucketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GOOSEBIT = "/goosebit/DEFAULT/controller/v1/goose";
    private static final String OURS = "/default/controller/v1/robot";

    /** Follows nothing by itself, and shows its token to nobody but this server. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static S3Server bucket;

    @TempDir
    Path dir;

    @BeforeAll
    static void startTheBucket(@TempDir Path place) throws Exception {
        bucket = S3Server.start(place).orElse(null);
        assumeTrue(bucket != null, "there is no S3 server");
    }

    @AfterAll
    static void stopTheBucket() {
        if (bucket != null) {
            bucket.close();
        }
    }

    private static TestServer server(boolean presign) {
        return TestServer.start(
                "--muster.artifacts.store=s3",
                "--muster.artifacts.s3.endpoint=" + bucket.endpoint(),
                "--muster.artifacts.s3.bucket=" + bucket.bucket(),
                "--muster.artifacts.s3.access-key=" + bucket.key(),
                "--muster.artifacts.s3.secret-key=" + bucket.secret(),
                "--muster.artifacts.s3.presign=" + presign);
    }

    @Test
    void devicesAreSentToTheBucketWhenItGivesFilesItself() throws Exception {
        byte[] bundle = bundle("1.0.0");
        try (TestServer server = server(true)) {
            Uploaded uploaded = uploaded(server, "os-1.0.0.swu", bundle);
            String token = registered(server, "robot");
            String file = offered(server, uploaded, token, bundle);

            HttpResponse<byte[]> referred = get(file, token);
            assertThat(referred.statusCode()).isEqualTo(307);
            assertThat(referred.body()).isEmpty();
            String link = referred.headers().firstValue("Location").orElseThrow();
            assertThat(link)
                    .startsWith(bucket.endpoint() + "/" + bucket.bucket() + "/")
                    .contains("X-Amz-Signature=")
                    .doesNotContain(bucket.secret());
            given(link, null, bundle, "attachment; filename=\"os-1.0.0.swu\"");
            assertThat(get(file, token, "Range", "bytes=5-9").statusCode())
                    .as("ranges are the bucket's affair")
                    .isEqualTo(307);
            assertThat(get(link.replace("X-Amz-Expires=900", "X-Amz-Expires=901"), null)
                            .statusCode())
                    .as("a link that was tampered with")
                    .isEqualTo(403);
            sized(file, token, bundle);
            assertThat(get(file, "wrong").statusCode()).isEqualTo(401);

            ofGoosebit(server, bundle);
            removed(server, uploaded);
        }
    }

    @Test
    void withoutThatTheServerGivesThemFromTheBucket() throws Exception {
        byte[] bundle = bundle("2.0.0");
        try (TestServer server = server(false)) {
            Uploaded uploaded = uploaded(server, "os-2.0.0.swu", bundle);
            String token = registered(server, "robot");
            String file = offered(server, uploaded, token, bundle);

            given(file, token, bundle, "attachment;filename=os-2.0.0.swu");
            sized(file, token, bundle);

            ofGoosebit(server, bundle);
            removed(server, uploaded);
        }
    }

    private byte[] bundle(String version) throws Exception {
        return Files.readAllBytes(SwuFile.make(dir, version, "1.0", 300_000, dir.resolve("x")));
    }

    private record Uploaded(String release, String sha256) {}

    private static Uploaded uploaded(TestServer server, String fileName, byte[] bundle) {
        JsonNode made = server.ok(
                "POST",
                "/api/v1/releases:upload?filename=" + fileName,
                bundle,
                "Content-Type",
                "application/octet-stream");
        JsonNode file = made.path("modules").get(0).path("artifacts").get(0);
        assertThat(file.path("size").asInt()).isEqualTo(bundle.length);
        settle(server);
        return new Uploaded(made.path("id").asString(), file.path("sha256").asString());
    }

    private static void settle(TestServer server) {
        server.bean(Positions.class).caughtUp(PATIENCE).block(PATIENCE);
    }

    /** Answers its token. */
    private static String registered(TestServer server, String id) {
        String token = server.ok("POST", "/api/v1/devices", Map.of("id", id, "issueToken", true))
                .path("token")
                .asString();
        settle(server);
        return token;
    }

    /** Where our device is to get its file from: this server, whoever gives it in the end. */
    private static String offered(TestServer server, Uploaded uploaded, String token, byte[] bundle) throws Exception {
        says(server, OURS + "/configData", token);
        server.ok("POST", "/api/v1/devices/robot/actions", Map.of("releaseId", uploaded.release()));
        settle(server);
        String deployment = json(get(server.baseUrl() + OURS, token))
                .at("/_links/deploymentBase/href")
                .asString();
        JsonNode file = json(get(deployment, token)).at("/deployment/chunks/0/artifacts/0");
        assertThat(file.path("size").asInt()).isEqualTo(bundle.length);
        assertThat(file.at("/hashes/sha256").asString()).isEqualTo(uploaded.sha256());
        String href = file.at("/_links/download-http/href").asString();
        assertThat(href).startsWith(server.baseUrl() + "/").contains("/robot/softwaremodules/");
        return href;
    }

    /** gooseBit's clients are never sent to a bucket: it may be out of their reach. */
    private static void ofGoosebit(TestServer server, byte[] bundle) throws Exception {
        String token = registered(server, "goose");
        says(server, GOOSEBIT + "/configData", token);
        int number =
                server.get("/goosebit/api/v1/software").at("/software/0/id").asInt();
        server.ok(
                "PATCH",
                "/goosebit/api/v1/devices",
                Map.of("devices", List.of("goose"), "software", String.valueOf(number)));
        JsonNode document = json(get(server.baseUrl() + GOOSEBIT + "/deploymentBase/" + number, token));
        String href = document.at("/deployment/chunks/0/artifacts/0/_links/download/href")
                .asString();
        assertThat(href).isEqualTo(server.baseUrl() + GOOSEBIT + "/download");
        String name = document.at("/deployment/chunks/0/name").asString();
        given(href, token, bundle, "attachment; filename=\"" + name + "\"");
        sized(href, token, bundle);
    }

    private static void says(TestServer server, String path, String token) throws Exception {
        HttpResponse<byte[]> answer = send(
                "PUT",
                server.baseUrl() + path,
                "{\"data\":{\"hw_revision\":\"1.0\"}}",
                token,
                "Content-Type",
                "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        settle(server);
    }

    /** All of it, and each part that a device may ask for after a cut. */
    private static void given(String url, @Nullable String token, byte[] bundle, String disposition) throws Exception {
        HttpResponse<byte[]> whole = get(url, token);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(bundle);
        assertThat(whole.headers().firstValue("Content-Length")).hasValue(String.valueOf(bundle.length));
        assertThat(whole.headers().firstValue("Content-Disposition")).hasValue(disposition);
        part(url, token, "bytes=0-3", bundle, 0, 4);
        part(url, token, "bytes=100000-", bundle, 100_000, bundle.length);
        part(url, token, "bytes=-7", bundle, bundle.length - 7, bundle.length);
    }

    private static void part(String url, @Nullable String token, String range, byte[] bundle, int from, int to)
            throws Exception {
        HttpResponse<byte[]> part = get(url, token, "Range", range);
        assertThat(part.statusCode()).as(range).isEqualTo(206);
        assertThat(part.body()).as(range).isEqualTo(Arrays.copyOfRange(bundle, from, to));
        assertThat(part.headers().firstValue("Content-Range"))
                .hasValue("bytes " + from + "-" + (to - 1) + "/" + bundle.length);
    }

    /** The server says itself how large a file is, also when the bucket gives it. */
    private static void sized(String url, String token, byte[] bundle) throws Exception {
        HttpResponse<byte[]> head = send("HEAD", url, null, token);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue(String.valueOf(bundle.length));
    }

    /** It was in the bucket, and nothing of it stays in one that is shared with others. */
    private static void removed(TestServer server, Uploaded uploaded) {
        assertThat(server.bean(ArtifactStore.class).delete(uploaded.sha256()).block(PATIENCE))
                .isTrue();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<byte[]> get(String url, @Nullable String token, String... headers) throws Exception {
        return send("GET", url, null, token, headers);
    }

    private static HttpResponse<byte[]> send(
            String method, String url, @Nullable String body, @Nullable String token, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "TargetToken " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HTTP.send(request.method(method, content).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
