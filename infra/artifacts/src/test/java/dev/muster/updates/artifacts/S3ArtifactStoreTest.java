package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.kernel.Refused;
import dev.muster.testing.S3Server;
import dev.muster.updates.ArtifactStore;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ArtifactStoreTest extends ArtifactStoreContract {

    private static S3Server server;

    private final String prefix = "test-" + UUID.randomUUID() + "/";
    private final List<S3ArtifactStore> opened = new ArrayList<>();

    @BeforeAll
    static void startServer(@TempDir Path place) throws Exception {
        server = S3Server.start(place).orElse(null);
        assumeTrue(server != null, "there is no S3 server");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeStores() {
        opened.forEach(S3ArtifactStore::close);
    }

    private S3Settings settings(URI endpoint, String secret) {
        return settings(endpoint, secret, Duration.ofMinutes(15));
    }

    private S3Settings settings(URI endpoint, String secret, Duration presignLife) {
        return new S3Settings(
                endpoint,
                "us-east-1",
                server.bucket(),
                server.key(),
                secret,
                prefix,
                true,
                presignLife,
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                16);
    }

    private S3ArtifactStore open(S3Settings settings, Clock clock) {
        S3ArtifactStore store = new S3ArtifactStore(settings, folder.resolve("spool"), clock, scheduler);
        opened.add(store);
        return store;
    }

    @Override
    ArtifactStore open(Clock clock) {
        return open(settings(server.endpoint(), server.secret()), clock);
    }

    @Override
    List<String> everythingThere() throws Exception {
        List<String> all = new ArrayList<>(uploadsUnderWay());
        try (MinioClient client = MinioClient.builder()
                .endpoint(server.endpoint().toString())
                .region("us-east-1")
                .credentials(server.key(), server.secret())
                .build()) {
            for (var object : client.listObjects(ListObjectsArgs.builder()
                    .bucket(server.bucket())
                    .prefix(prefix)
                    .recursive(true)
                    .build())) {
                all.add(object.get().objectName());
            }
        }
        return all;
    }

    @Override
    List<String> uploadsUnderWay() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    int partsOfAnArtifact() {
        return 1;
    }

    @Override
    int openHandles() {
        return opened.stream().mapToInt(S3ArtifactStore::connectionsInUse).sum();
    }

    @Test
    void anObjectLiesUnderPrefixAndDigest() throws Exception {
        Content content = Content.random(10, 1);
        stored(content);
        assertThat(everythingThere())
                .containsExactly(prefix + content.sha256().substring(0, 2) + "/" + content.sha256());
    }

    @Test
    void aPresignedLinkNeedsNoKeyAndNamesTheFile() throws Exception {
        Content content = Content.random(100_000, 2);
        stored(content);
        String link = store.presignedUrl(content.sha256(), "Gerät \"1\".swu").orElseThrow();
        assertThat(link).contains("X-Amz-Expires=900").doesNotContain(server.secret());
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(link))
                            .header("Range", "bytes=50000-")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(206);
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content.bytes(), 50_000, 100_000));
            assertThat(answer.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"Ger_t _1_.swu\"; filename*=UTF-8''Ger%C3%A4t%20%221%22.swu");
            HttpResponse<Void> forged = http.send(
                    HttpRequest.newBuilder(URI.create(link.replace("X-Amz-Expires=900", "X-Amz-Expires=9000")))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            assertThat(forged.statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "os.swu, 'attachment; filename=\"os.swu\"'",
        "a b.swu, 'attachment; filename=\"a b.swu\"'",
        "Gerät.swu, 'attachment; filename=\"Ger_t.swu\"; filename*=UTF-8''''Ger%C3%A4t.swu'",
        "a+b%20.swu, 'attachment; filename=\"a+b_20.swu\"; filename*=UTF-8''''a%2Bb%2520.swu'",
        "a;b&c=d.swu, 'attachment; filename=\"a_b&c_d.swu\"; filename*=UTF-8''''a%3Bb%26c%3Dd.swu'",
        "更新.swu, 'attachment; filename=\"__.swu\"; filename*=UTF-8''''%E6%9B%B4%E6%96%B0.swu'",
    })
    void theBucketNamesTheFileAsItIsCalled(String fileName, String disposition) throws Exception {
        Content content = Content.random(10, 4);
        stored(content);
        String link = store.presignedUrl(content.sha256(), fileName).orElseThrow();
        assertThat(link).as("it fits into a header").isEqualTo(URI.create(link).toASCIIString());
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(content.bytes());
            assertThat(answer.headers().firstValue("Content-Disposition")).hasValue(disposition);
        }
    }

    @Test
    void aLinkEnds() throws Exception {
        Content content = Content.random(10, 5);
        stored(content);
        S3Settings shortLived = settings(server.endpoint(), server.secret(), Duration.ofSeconds(1));
        String link = open(shortLived, Clock.systemUTC())
                .presignedUrl(content.sha256(), "f")
                .orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create(link)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            await().atMost(SOON)
                    .until(() -> http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 403);
        }
    }

    @Test
    void linksAreOnlyMadeWhenWantedAndForDigests() {
        S3Settings quiet = S3Settings.of(server.endpoint(), server.bucket(), server.key(), server.secret(), false);
        assertThat(open(quiet, Clock.systemUTC()).presignedUrl("0".repeat(64), "x"))
                .isEmpty();
        assertThat(store.presignedUrl("../x", "x")).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReachedOrDoesNotKnowUsIsUnavailable() throws Exception {
        S3Settings unreachable = settings(URI.create("http://127.0.0.1:1"), server.secret());
        S3Settings forged = settings(server.endpoint(), "wrong");
        Content content = Content.random(1000, 3);
        for (S3Settings settings : List.of(unreachable, forged)) {
            ArtifactStore closed = open(settings, Clock.systemUTC());
            unavailable(() -> closed.store(content.flux(), 2000).block(SOON));
            unavailable(() -> closed.find(content.sha256()).block(SOON));
            unavailable(() -> closed.read(content.sha256(), 0, 1).blockLast(SOON));
            unavailable(() -> closed.delete(content.sha256()).block(SOON));
        }
        assertThat(everythingThere()).isEmpty();
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, e -> assertThat(
                        e.refusal().code())
                .isEqualTo("updates.artifact-store-unavailable"));
    }

    @Test
    void theSecretIsNeverShown() {
        assertThat(settings(server.endpoint(), "hush").toString()).doesNotContain("hush");
    }
}
